-- Groups in which versions must be looked for, and how many there are.
SELECT id, key, (SELECT count(*) FROM prompt_group WHERE stale) AS left, (SELECT count(*) FROM prompt_group) AS groups FROM prompt_group WHERE stale ORDER BY id LIMIT 1
