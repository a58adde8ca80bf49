-- Whether some span was read before there were traits.
SELECT id FROM span WHERE trait IS NULL LIMIT 1
