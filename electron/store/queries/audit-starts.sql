-- When traces began, in order: of the whole store, or those with spans of one import.
SELECT start FROM trace
WHERE
  start IS NOT NULL
  AND (
    :import IS NULL
    OR EXISTS (
      SELECT 1
      FROM span_run AS run
      CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
      WHERE
        run.trace = trace.id
        AND (SELECT import FROM batch WHERE first <= span.id AND n > 0 ORDER BY first DESC LIMIT 1) = :import
    )
  )
ORDER BY start
