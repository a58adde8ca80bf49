-- A call that was sent a version, by what that is called: of several the first that a file names.
SELECT prompt_text.call FROM prompt_template
JOIN prompt_text ON prompt_text.template = prompt_template.id
WHERE prompt_template.prompt = ? AND prompt_template.version = ?
ORDER BY prompt_text.call LIMIT 1
