-- Traces whose id begins with the first parameter; the second is the first text after all of those.
SELECT id, key FROM trace WHERE key >= ? AND key < ? ORDER BY key LIMIT ?
