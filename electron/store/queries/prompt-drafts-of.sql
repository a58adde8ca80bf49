-- Versions of a prompt that have a draft.
SELECT base FROM prompt_draft WHERE prompt = ?
