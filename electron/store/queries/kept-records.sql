-- The records of a span in order of arrival. A record lies in the batch whose numbers include its own.
WITH record AS (
  SELECT id, place, context FROM span WHERE id = ?
  UNION ALL
  SELECT id, place, context FROM extra WHERE span = ?
)
SELECT record.id, record.place, file.path AS file, context.format, context.text AS context
FROM record
JOIN context ON context.id = record.context
LEFT JOIN batch ON batch.id = (SELECT id FROM batch WHERE first <= record.id AND n > 0 ORDER BY first DESC LIMIT 1)
LEFT JOIN file ON file.id = batch.file
ORDER BY record.id
