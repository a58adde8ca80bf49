-- Saves a definition of success; the one of that feature and name is replaced.
INSERT INTO success(feature, name, query, saved) VALUES (?, ?, ?, ?)
ON CONFLICT (feature, name) DO UPDATE SET query = excluded.query, saved = excluded.saved
RETURNING id
