-- What recovered versions are called.
SELECT id, prompt, version, own_prompt, own_version FROM prompt_template ORDER BY id
