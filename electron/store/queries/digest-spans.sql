-- All that is said of a trace's spans, in reading order.
SELECT
  span.id, span.tag, span.ptag, span.pre, span.last, span.depth, name.s AS name, span.kind, span.status,
  span.start, span.start_ns, span.dur, span.dur_ns, span.marks, span.conventions,
  trace_name.s AS trace_name, session.s AS session, user.s AS user, environment.s AS environment, release.s AS release,
  application.s AS application, feature.s AS feature, tenant.s AS tenant,
  trait.text AS traits
FROM span_run AS run
CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace
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
WHERE run.trace = ?
ORDER BY span.pre, span.id
