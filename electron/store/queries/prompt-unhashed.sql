-- Recovered versions whose text has not been compared with files yet.
SELECT id, template FROM prompt_template WHERE text_hash = ''
