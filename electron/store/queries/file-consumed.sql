-- How far a file was read and committed.
UPDATE file SET consumed = ? WHERE id = ?
