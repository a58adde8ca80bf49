-- What calls lack, by environment and feature: of the whole store, or of what one import brought. A call's user or session
-- may stand on its trace; its feature on any span of the trace.
WITH feature AS (
  SELECT span.trace, max(label.feature) AS feature
  FROM span JOIN label ON label.id = span.label
  WHERE label.feature <> 0
  GROUP BY span.trace
)
SELECT
  environment.s AS environment,
  featured.s AS feature,
  count(*) AS calls,
  count(*) FILTER (WHERE ifnull(call.messages, 0) = 0) AS text,
  count(*) FILTER (WHERE call.input IS NULL OR call.output IS NULL) AS tokens,
  count(*) FILTER (WHERE call.cost IS NULL) AS cost,
  count(*) FILTER (WHERE call.model = 0) AS model,
  count(*) FILTER (WHERE call.prompt_version = 0) AS promptVersion,
  count(*) FILTER (WHERE ifnull(label.session, 0) = 0 AND trace.session = 0) AS session,
  count(*) FILTER (WHERE ifnull(label.user, 0) = 0 AND trace.user = 0) AS user,
  count(*) FILTER (WHERE ifnull(label.release, 0) = 0 AND trace.release = 0) AS release,
  count(*) FILTER (WHERE ifnull(label.environment, 0) = 0 AND trace.environment = 0) AS noEnvironment
FROM call
JOIN span ON span.id = call.id
JOIN trace ON trace.id = call.trace
LEFT JOIN label ON label.id = span.label
LEFT JOIN feature ON feature.trace = call.trace
LEFT JOIN name AS environment ON environment.id = iif(ifnull(label.environment, 0) <> 0, label.environment, trace.environment)
LEFT JOIN name AS featured ON featured.id = iif(ifnull(label.feature, 0) <> 0, label.feature, feature.feature)
WHERE
  call.counted = 1
  AND (
    :import IS NULL
    OR (SELECT import FROM batch WHERE first <= call.id AND n > 0 ORDER BY first DESC LIMIT 1) = :import
  )
GROUP BY environment.s, featured.s
ORDER BY calls DESC, environment.s, featured.s
