-- What a trace's order and totals are derived from, in file order.
SELECT span.id, tag, ptag, start, start_ns, dur, dur_ns, marks, kind, status, name, label, pre, last, depth
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ?
ORDER BY run.first, span.id
