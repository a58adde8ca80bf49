-- A definition of success by its feature and name.
SELECT id, feature, name, query FROM success WHERE feature = ? AND name = ?
