-- A file was read to its end, and its batches hold all that it brought.
UPDATE file SET hash = ?, rules = ?, mappings = ?, alone = ? WHERE id = ?
