-- The version that a text was found to be.
UPDATE prompt_text SET template = ? WHERE id = ?
