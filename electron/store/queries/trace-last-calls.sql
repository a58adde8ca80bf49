-- The last generations of a trace in reading order, the last one first. 0 is 'generation' in spanKinds.
SELECT span.id FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ? AND span.kind = 0 ORDER BY span.pre DESC, span.id DESC LIMIT 3
