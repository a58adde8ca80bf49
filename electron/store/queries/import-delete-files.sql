-- An import leaves.
DELETE FROM file WHERE import = ?
