-- The first spans of a trace that have a status, in reading order, and how far each reaches.
SELECT span.id, span.pre, span.last FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ? AND span.status = ? ORDER BY span.pre LIMIT 100
