-- What a span's records say together.
UPDATE span SET
  ptag = ?, name = ?, kind = ?, status = ?, start = ?, start_ns = ?, dur = ?, dur_ns = ?, marks = ?, conventions = ?, label = ?,
  trait = ?
WHERE id = ?
