-- An import leaves.
DELETE FROM import WHERE id = ?
