-- What is noted of recovery.
SELECT value FROM store WHERE key = ?
