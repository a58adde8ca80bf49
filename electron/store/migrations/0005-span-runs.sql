-- Where the spans of a trace lie, instead of an index with an entry a span: what belongs together lies together.

-- Each span of a trace lies in exactly one of its runs, the ids first … first + n - 1; a few of other traces may lie
-- between them, so a query compares the trace too (span-runs.ts).
CREATE TABLE span_run(
  trace INTEGER NOT NULL,
  first INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (trace, first)
) STRICT, WITHOUT ROWID;
INSERT INTO span_run
SELECT trace, min(id), count(*)
FROM (SELECT id, trace, id - row_number() OVER (PARTITION BY trace ORDER BY id) AS run FROM span)
GROUP BY trace, run;

DROP INDEX span_trace;
DROP INDEX call_trace;
