-- Traces from a row on: all of them, or those of a JSON list.
SELECT id, key, spans FROM trace
WHERE id > :after AND (:traces IS NULL OR id IN (SELECT value FROM json_each(:traces)))
ORDER BY id
LIMIT :limit
