-- Whether there is such an import.
SELECT id FROM import WHERE id = ?
