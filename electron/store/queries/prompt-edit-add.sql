-- Notes what a person said of prompts.
INSERT INTO prompt_edit(edit, undone, saved) VALUES (?, 0, ?) RETURNING id
