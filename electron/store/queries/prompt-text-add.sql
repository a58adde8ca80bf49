-- A new text of a group, and a call that was sent it.
INSERT INTO prompt_text(grp, hash, call, template) VALUES (?, ?, ?, 0) RETURNING id
