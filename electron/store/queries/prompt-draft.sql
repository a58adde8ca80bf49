-- A draft of a version.
SELECT template, variables, saved FROM prompt_draft WHERE prompt = ? AND base = ?
