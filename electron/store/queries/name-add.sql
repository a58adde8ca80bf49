-- A string that may be there already: then nothing happens.
INSERT INTO name(s) VALUES (?) ON CONFLICT DO NOTHING
