-- Spans of a kind in a trace, in reading order.
SELECT p.pre, p.last, name.s AS name FROM span_run AS run
CROSS JOIN span AS p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
JOIN name ON name.id = p.name
WHERE run.trace = ? AND p.kind = ? ORDER BY p.pre
