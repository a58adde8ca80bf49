-- Where notes of a span are kept.
SELECT trace.key AS trace, span.tag AS span FROM span JOIN trace ON trace.id = span.trace WHERE span.id = ?
