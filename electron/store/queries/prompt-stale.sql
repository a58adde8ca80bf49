-- A group in which versions must be looked for.
SELECT id, key FROM prompt_group WHERE stale ORDER BY id LIMIT 1
