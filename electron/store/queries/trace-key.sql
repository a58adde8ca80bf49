-- The id of a trace.
SELECT key FROM trace WHERE id = ?
