-- Order and totals of a trace are due.
UPDATE trace SET dirty = 1 WHERE id = ?
