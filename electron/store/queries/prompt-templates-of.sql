-- Recovered versions of a prompt.
SELECT version, sureness FROM prompt_template WHERE prompt = ?
