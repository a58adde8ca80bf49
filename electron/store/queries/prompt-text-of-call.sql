-- Hash of what a call was sent.
SELECT t.hash FROM prompt_call AS c JOIN prompt_text AS t ON t.id = c.text WHERE c.id = ?
