-- A trace with its names in place.
SELECT
  trace.id, trace.key, name.s AS name, trace.start, trace.start_ns, trace.dur, trace.dur_ns, trace.spans, trace.calls,
  trace.errors, trace.tools, trace.input, trace.output, trace.cost, trace.uncosted,
  session.s AS session, user.s AS user, environment.s AS environment, release.s AS release, application.s AS application,
  trace.dirty
FROM trace
LEFT JOIN name ON name.id = trace.name
LEFT JOIN name AS session ON session.id = trace.session
LEFT JOIN name AS user ON user.id = trace.user
LEFT JOIN name AS environment ON environment.id = trace.environment
LEFT JOIN name AS release ON release.id = trace.release
LEFT JOIN name AS application ON application.id = trace.application
WHERE trace.id = ?
