-- What records stood in.
SELECT format, text FROM context WHERE id = ?
