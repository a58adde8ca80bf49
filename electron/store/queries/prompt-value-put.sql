-- Notes something of recovery.
INSERT INTO store(key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
