-- The first generations of a trace in reading order. 0 is 'generation' in spanKinds. While the trace's import runs the
-- order is not settled; then by start.
SELECT span.id
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
JOIN trace ON trace.id = run.trace
WHERE run.trace = ? AND span.kind = 0
ORDER BY iif(trace.dirty, 0, span.pre), span.start, span.id
LIMIT ?
