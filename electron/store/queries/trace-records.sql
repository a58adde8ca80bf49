-- Every record of a trace: its id, its span's, the span's tag and the record's hash.
SELECT id, id AS span, tag, hash FROM span WHERE trace = ?
UNION ALL
SELECT extra.id, extra.span, span.tag, extra.hash FROM extra JOIN span ON span.id = extra.span WHERE extra.trace = ?
