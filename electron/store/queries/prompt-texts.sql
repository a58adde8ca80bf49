-- Distinct texts of a group.
SELECT id, hash, call, template FROM prompt_text WHERE grp = ? ORDER BY id
