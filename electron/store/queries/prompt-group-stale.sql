-- Versions must be looked for among the texts of a group again.
UPDATE prompt_group SET stale = 1 WHERE id = ? AND stale = 0
