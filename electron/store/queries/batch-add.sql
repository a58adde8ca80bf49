-- What one transaction brought from one file.
INSERT INTO batch(import, file, first, n, bodies, claims) VALUES (?, ?, ?, ?, ?, ?)
