-- A trace gained spans, or a span of it a record, in a later transaction.
UPDATE trace SET spans = spans + ?, dirty = 1 WHERE id = ?
