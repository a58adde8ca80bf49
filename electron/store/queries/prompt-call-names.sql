-- What calls of a version are said to have.
UPDATE prompt_call SET prompt = ?, version = ? WHERE text IN (SELECT id FROM prompt_text WHERE template = ?)
