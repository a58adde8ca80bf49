-- The span of a record.
SELECT id AS span FROM span WHERE id = ? UNION ALL SELECT span FROM extra WHERE id = ?
