-- What recovered versions are called.
SELECT id, prompt, version, own_prompt, own_version, text_hash FROM prompt_template ORDER BY id
