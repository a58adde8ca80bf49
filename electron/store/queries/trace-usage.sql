-- Usage of a trace's spans, in file order.
SELECT call.id, response, input, output, cost, counted
FROM span_run AS run
CROSS JOIN call ON call.id >= run.first AND call.id < run.first + run.n AND call.trace = run.trace
WHERE run.trace = ?
ORDER BY run.first, call.id
