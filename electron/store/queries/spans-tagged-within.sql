-- Spans with one of these tags in these traces (JSON lists).
SELECT s.trace, t.key, s.tag FROM json_each(@traces) AS wanted
JOIN trace t ON t.id = wanted.value
JOIN span_run AS run ON run.trace = t.id
CROSS JOIN span s ON s.id >= run.first AND s.id < run.first + run.n AND s.trace = run.trace
WHERE s.tag IN (SELECT value FROM json_each(@tags))
