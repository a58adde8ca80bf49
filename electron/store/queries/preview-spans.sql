-- The first spans of a trace in reading order.
SELECT
  span.id, span.depth, name.s AS name, span.kind, span.status, span.dur, span.dur_ns, model.s AS model,
  call.input, call.output, call.cost
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
LEFT JOIN name ON name.id = span.name
LEFT JOIN call ON call.id = span.id
LEFT JOIN name AS model ON model.id = call.model
WHERE run.trace = ?
ORDER BY span.pre, span.id
LIMIT ?
