-- A version that is none any more.
DELETE FROM prompt_template WHERE id = ?
