-- The trace of a span.
SELECT trace FROM span WHERE id = ?
