-- A string by its row.
SELECT s FROM name WHERE id = ?
