-- All recovered versions, whole, and how many calls each has.
SELECT m.id, m.template, (SELECT count(*) FROM prompt_text AS t JOIN prompt_call AS c ON c.text = t.id WHERE t.template = m.id) AS calls
FROM prompt_template AS m
