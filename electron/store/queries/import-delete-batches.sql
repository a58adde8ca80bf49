-- An import leaves.
DELETE FROM batch WHERE import = ?
