-- Records with their spans and traces, by number.
SELECT id, id AS span, trace, place FROM span WHERE id >= ? AND id < ?
UNION ALL
SELECT id, span, trace, place FROM extra WHERE id >= ? AND id < ?
ORDER BY 1
