-- Every record of a trace: its id, its span's, the span's tag and the record's hash.
SELECT span.id, span.id AS span, span.tag, span.hash
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ?
UNION ALL
SELECT extra.id, extra.span, span.tag, extra.hash FROM extra JOIN span ON span.id = extra.span WHERE extra.trace = ?
