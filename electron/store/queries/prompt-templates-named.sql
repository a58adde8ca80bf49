-- How many recovered versions a prompt has.
SELECT count(*) AS n FROM prompt_template WHERE prompt = ?
