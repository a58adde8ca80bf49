-- The first generations of a trace in reading order. 0 is 'generation' in spanKinds. While the trace's import runs the
-- order is not settled; then by start.
SELECT span.id FROM span JOIN trace ON trace.id = span.trace
WHERE span.trace = ? AND span.kind = 0
ORDER BY iif(trace.dirty, 0, span.pre), span.start, span.id
LIMIT ?
