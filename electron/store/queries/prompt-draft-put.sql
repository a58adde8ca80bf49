-- Keeps a draft in place of the one before.
INSERT OR REPLACE INTO prompt_draft(prompt, base, template, variables, saved) VALUES (?, ?, ?, ?, ?)
