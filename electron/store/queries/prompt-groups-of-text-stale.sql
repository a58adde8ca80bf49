-- Versions must be looked for again where a text stands.
UPDATE prompt_group SET stale = 1 WHERE id IN (SELECT grp FROM prompt_text WHERE hash = ?)
