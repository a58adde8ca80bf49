-- When texts of a group were sent.
SELECT c.text, s.start FROM prompt_text AS t JOIN prompt_call AS c ON c.text = t.id JOIN span AS s ON s.id = c.id
WHERE t.grp = ? ORDER BY t.id, s.start
