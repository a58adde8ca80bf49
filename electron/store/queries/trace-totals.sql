-- Totals of a derived trace.
UPDATE trace SET
  name = ?, start = ?, start_ns = ?, dur = ?, dur_ns = ?, spans = ?, calls = ?, errors = ?, tools = ?,
  input = ?, output = ?, cost = ?, uncosted = ?,
  session = ?, user = ?, environment = ?, release = ?, application = ?, dirty = ?
WHERE id = ?
