-- The first calls that nobody looked at for their prompts.
SELECT call.id, call.trace, span.pre FROM call JOIN span ON span.id = call.id
WHERE call.counted = 1 AND call.id > ifnull((SELECT max(id) FROM prompt_call), 0)
ORDER BY call.id LIMIT ?
