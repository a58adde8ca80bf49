-- Signs for the right to write.
INSERT INTO store(key, value) VALUES ('writer', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
