-- A new group.
INSERT INTO prompt_group(key, stale) VALUES (?, 1) RETURNING id
