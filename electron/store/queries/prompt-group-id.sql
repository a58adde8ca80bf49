-- A group by its key.
SELECT id FROM prompt_group WHERE key = ?
