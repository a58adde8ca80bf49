-- Versions of a group.
SELECT id FROM prompt_template WHERE grp = ?
