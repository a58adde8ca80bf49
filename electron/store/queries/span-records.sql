-- The records of a span, without their texts.
SELECT id, context, place, hash FROM span WHERE id = ?
UNION ALL
SELECT id, context, place, hash FROM extra WHERE span = ?
