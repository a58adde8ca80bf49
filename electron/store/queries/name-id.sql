-- The row of a string.
SELECT id FROM name WHERE s = ?
