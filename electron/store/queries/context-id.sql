-- The row of a context by the hash of its format and text.
SELECT id FROM context WHERE hash = ?
