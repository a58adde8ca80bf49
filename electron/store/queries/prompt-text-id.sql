-- A text of a group by its hash.
SELECT id FROM prompt_text WHERE grp = ? AND hash = ?
