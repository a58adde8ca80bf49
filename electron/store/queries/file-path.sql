-- Where a file lay.
SELECT path FROM file WHERE id = ?
