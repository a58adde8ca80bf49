-- Spans of a trace that a star, a tag or a note stands on.
SELECT p.id FROM span_run run
JOIN trace t ON t.id = run.trace
CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
WHERE run.trace = ?
  AND p.tag IN (SELECT span FROM note WHERE trace = t.key AND span <> 0 UNION SELECT span FROM remark WHERE trace = t.key AND span <> 0)
ORDER BY p.id
LIMIT ?
