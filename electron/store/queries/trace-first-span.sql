-- The first span of a trace in reading order.
SELECT span.id FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ? ORDER BY span.pre, span.id LIMIT 1
