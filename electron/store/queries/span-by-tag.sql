-- The span of a trace by the tag of its id.
SELECT span.id FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ? AND span.tag = ?
LIMIT 1
