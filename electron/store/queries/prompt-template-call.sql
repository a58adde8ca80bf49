-- What a recovered version is called now.
UPDATE prompt_template SET prompt = ?, version = ? WHERE id = ?
