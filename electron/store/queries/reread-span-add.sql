-- What the columns said of a span before.
INSERT INTO reread_span(span, before) VALUES (?, ?)
