-- Which rows of a range hold a string.
SELECT id FROM name WHERE id BETWEEN ? AND ? ORDER BY id
