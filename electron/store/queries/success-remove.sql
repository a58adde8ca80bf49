-- Forgets a definition of success.
DELETE FROM success WHERE id = ?
