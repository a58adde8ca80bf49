-- The columns of a tree in file order; few, because each costs: 100,000 rows of seven take 60 ms. Depth follows from the
-- ranges. Times are microseconds after the trace's start, exact to the nanosecond below a month.
SELECT
  span.id, pre, last, marks * 64 + kind * 4 + status, name,
  ((start - ?) * 1000 + (start_ns - ?)) / 1000.0, (dur * 1000 + dur_ns) / 1000.0
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
WHERE run.trace = ?
ORDER BY run.first, span.id
