-- A file of an import.
INSERT INTO file(import, path, bytes, consumed) VALUES (?, ?, ?, 0)
