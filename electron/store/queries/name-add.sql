-- A string seen for the first time.
INSERT INTO name(s) VALUES (?)
