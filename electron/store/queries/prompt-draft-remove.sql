-- Throws a draft away.
DELETE FROM prompt_draft WHERE prompt = ? AND base = ?
