-- The further records of a span.
DELETE FROM extra WHERE span = ?
