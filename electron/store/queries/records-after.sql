-- Records in the order in which they came, from a number on: all of them, or those of the traces of a JSON list.
WITH record AS (
  SELECT id, trace, context, place, 1 AS spans FROM span WHERE id > :after
  UNION ALL
  SELECT id, trace, context, place, 0 FROM extra WHERE id > :after
)
SELECT
  record.id, record.context, record.place, record.spans,
  (SELECT file FROM batch WHERE first <= record.id AND n > 0 ORDER BY first DESC LIMIT 1) AS file
FROM record
WHERE :traces IS NULL OR trace IN (SELECT value FROM json_each(:traces))
ORDER BY record.id
LIMIT :limit
