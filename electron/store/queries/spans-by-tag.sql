-- Spans by the tag of their id, in whichever trace: a walk over all, for a command that knows no more.
SELECT span.id, trace.key
FROM span JOIN trace ON trace.id = span.trace
WHERE span.tag = ? LIMIT ?
