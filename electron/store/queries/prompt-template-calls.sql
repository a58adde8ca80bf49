-- Calls that were sent what one of these templates makes: a JSON list of ids.
SELECT c.id FROM prompt_text AS t JOIN prompt_call AS c ON c.text = t.id
WHERE t.template IN (SELECT value FROM json_each(?)) ORDER BY c.id
