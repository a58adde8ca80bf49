-- The usage of a span.
DELETE FROM call WHERE id = ?
