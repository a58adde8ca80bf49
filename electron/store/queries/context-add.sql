-- A context seen for the first time.
INSERT INTO context(format, text, hash) VALUES (?, ?, ?)
