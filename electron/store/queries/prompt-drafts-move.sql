-- Drafts of a prompt that is called otherwise from now on. One that is there already stays as it is.
UPDATE OR IGNORE prompt_draft SET prompt = ? WHERE prompt = ?
