-- The row of a combination.
SELECT id FROM label
WHERE trace_name = ? AND session = ? AND user = ? AND environment = ? AND release = ? AND application = ?
  AND feature = ? AND tenant = ?
