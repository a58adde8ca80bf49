-- What the columns say of spans, names in place, a page at a time.
SELECT
  span.id, span.trace, trace.key AS traceId, span.ptag AS parentTag, name.s AS name, span.kind, span.status,
  span.start, span.start_ns AS startNs, span.dur AS duration, span.dur_ns AS durationNs, span.marks, span.conventions,
  trace_name.s AS traceName, session.s AS session, user.s AS user, environment.s AS environment, release.s AS release,
  application.s AS application, feature.s AS feature, tenant.s AS tenant,
  trait.text AS traits, span.trait IS NULL AS isUntold,
  call.id IS NOT NULL AS isCall, model.s AS model, provider.s AS provider, call.response, prompt.s AS promptName,
  version.s AS promptVersion, call.input, call.output, call.cache_read AS cacheRead, call.cache_write AS cacheWrite,
  call.reasoning, call.cost, call.first_token AS firstToken, call.messages,
  call.cache_write_1h AS cacheWrite1h, more.s AS more, call.cost_rest AS costRest
FROM span
JOIN trace ON trace.id = span.trace
LEFT JOIN name ON name.id = span.name
LEFT JOIN label ON label.id = span.label
LEFT JOIN trait ON trait.id = span.trait
LEFT JOIN name AS trace_name ON trace_name.id = label.trace_name
LEFT JOIN name AS session ON session.id = label.session
LEFT JOIN name AS user ON user.id = label.user
LEFT JOIN name AS environment ON environment.id = label.environment
LEFT JOIN name AS release ON release.id = label.release
LEFT JOIN name AS application ON application.id = label.application
LEFT JOIN name AS feature ON feature.id = label.feature
LEFT JOIN name AS tenant ON tenant.id = label.tenant
LEFT JOIN call ON call.id = span.id
LEFT JOIN name AS model ON model.id = call.model
LEFT JOIN name AS provider ON provider.id = call.provider
LEFT JOIN name AS prompt ON prompt.id = call.prompt
LEFT JOIN name AS version ON version.id = call.prompt_version
LEFT JOIN name AS more ON more.id = call.more
WHERE span.id > ?
ORDER BY span.id
LIMIT ?
