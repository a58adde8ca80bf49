-- The spans of a trace in file order, by their numbers.
SELECT span.id
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ?
ORDER BY run.first, span.id
