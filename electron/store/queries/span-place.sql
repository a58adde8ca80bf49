-- Where a span stands.
SELECT span.id, span.trace, trace.key AS traceId, span.pre, span.marks FROM span JOIN trace ON trace.id = span.trace WHERE span.id = ?
