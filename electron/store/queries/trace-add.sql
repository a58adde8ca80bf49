-- A trace that came whole, or its first part.
INSERT INTO trace(
  id, key, name, start, start_ns, dur, dur_ns, spans, calls, errors, tools, input, output, cost, uncosted,
  session, user, environment, release, application, dirty
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
