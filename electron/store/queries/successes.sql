-- What counts as a success: for all features first.
SELECT id, feature, name, query FROM success ORDER BY feature COLLATE NOCASE, feature, name COLLATE NOCASE, name
