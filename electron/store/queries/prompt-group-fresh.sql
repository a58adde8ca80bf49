-- All texts of a group have their versions.
UPDATE prompt_group SET stale = 0 WHERE id = ?
