-- What a call was found to be prompted with.
SELECT prompt.s AS prompt, version.s AS version FROM prompt_call
LEFT JOIN name AS prompt ON prompt.id = prompt_call.prompt
LEFT JOIN name AS version ON version.id = prompt_call.version
WHERE prompt_call.id = ?
