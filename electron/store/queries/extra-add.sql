-- A further record of a span.
INSERT INTO extra(id, span, trace, context, place, hash) VALUES (?, ?, ?, ?, ?, ?)
