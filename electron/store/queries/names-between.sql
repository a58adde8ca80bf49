-- Strings by a range of their rows.
SELECT id, s FROM name WHERE id BETWEEN ? AND ?
