-- The template of what a call was sent.
SELECT m.id, m.template FROM prompt_call AS c JOIN prompt_text AS t ON t.id = c.text JOIN prompt_template AS m ON m.id = t.template WHERE c.id = ?
