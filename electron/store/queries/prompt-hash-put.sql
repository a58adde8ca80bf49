-- Notes by what a recovered version is found in files.
UPDATE prompt_template SET text_hash = ? WHERE id = ?
