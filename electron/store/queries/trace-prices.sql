-- Usage of a trace's spans in file order, with what their prices depend on.
SELECT
  call.id, call.counted, call.cost, call.model AS modelId, call.first_token AS firstToken, provider.s AS provider,
  model.s AS model, span.start, span.marks, call.input, call.output, call.cache_read AS cacheRead,
  call.cache_write AS cacheWrite, call.cache_write_1h AS cacheWrite1h, call.reasoning, more.s AS more
FROM span_run AS run
CROSS JOIN call ON call.id >= run.first AND call.id < run.first + run.n AND call.trace = run.trace
CROSS JOIN span ON span.id = call.id
LEFT JOIN name AS provider ON provider.id = call.provider
LEFT JOIN name AS model ON model.id = call.model
LEFT JOIN name AS more ON more.id = call.more
WHERE run.trace = ?
ORDER BY run.first, call.id
