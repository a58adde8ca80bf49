-- Traits that nobody had before.
INSERT INTO trait(text) VALUES (?)
