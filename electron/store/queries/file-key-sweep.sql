-- The key goes with the last hash.
DELETE FROM store WHERE key = 'file-key' AND NOT EXISTS (SELECT 1 FROM file WHERE hash IS NOT NULL)
