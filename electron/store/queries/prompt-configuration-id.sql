-- A configuration by its hash.
SELECT id FROM prompt_configuration WHERE hash = ?
