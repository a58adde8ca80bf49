-- Its batches no longer hold all that a file brought.
UPDATE file SET hash = NULL WHERE id = ?
