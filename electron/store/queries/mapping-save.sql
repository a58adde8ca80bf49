-- Remembers what the fields of such rows mean; the last word counts.
INSERT INTO mapping(fingerprint, mapping, saved) VALUES (?, ?, ?)
ON CONFLICT (fingerprint) DO UPDATE SET mapping = excluded.mapping, saved = excluded.saved
