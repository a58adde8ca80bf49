-- Forgets a file of scores.
DELETE FROM score_file WHERE id = ?
