-- A definition of success.
SELECT id, feature, name, query FROM success WHERE id = ?
