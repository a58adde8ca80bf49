-- How many spans a trace has, by its rows.
SELECT count(*) AS n
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ?
