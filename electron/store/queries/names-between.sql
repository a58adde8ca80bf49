-- Strings by a range of their rows.
SELECT s FROM name WHERE id BETWEEN ? AND ? ORDER BY id
