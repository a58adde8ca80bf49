-- How far the import of a file of scores has come.
UPDATE score_file SET receipt = ? WHERE id = ?
