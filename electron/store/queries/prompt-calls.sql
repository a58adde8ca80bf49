-- What was found out about calls after one, in order.
SELECT id, prompt, version, inputs, configuration, answer, length FROM prompt_call WHERE id > ? ORDER BY id LIMIT ?
