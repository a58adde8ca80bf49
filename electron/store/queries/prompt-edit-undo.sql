-- Takes back one of the latest things said.
UPDATE prompt_edit SET undone = 1
WHERE id = ? AND undone = 0 AND id > (SELECT max(id) FROM prompt_edit) - ? RETURNING edit
