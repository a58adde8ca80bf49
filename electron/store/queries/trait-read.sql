-- Traits by their row.
SELECT text FROM trait WHERE id = ?
