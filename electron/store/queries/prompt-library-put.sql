-- Keeps a version as its file has it.
INSERT OR REPLACE INTO prompt_library(edit, prompt, version, hash, template, facts) VALUES (?, ?, ?, ?, ?, ?)
