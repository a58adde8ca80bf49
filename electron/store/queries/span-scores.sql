-- The scores of a span in the order in which its records gave them.
SELECT name, value, label, explanation, source FROM score WHERE span = ? ORDER BY id
