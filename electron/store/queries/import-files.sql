-- The files of an import as they were given.
SELECT path FROM file WHERE import = ? ORDER BY id
