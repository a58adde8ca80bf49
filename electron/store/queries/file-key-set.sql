-- The first file that is remembered brings the key.
INSERT INTO store VALUES ('file-key', ?) ON CONFLICT DO NOTHING
