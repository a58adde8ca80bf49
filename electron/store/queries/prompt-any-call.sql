-- Whether there is a call at all.
SELECT 1 FROM call WHERE counted = 1 LIMIT 1
