-- Whether hashing a file can tell anything.
SELECT id FROM file WHERE bytes = ? AND hash IS NOT NULL AND rules = ? LIMIT 1
