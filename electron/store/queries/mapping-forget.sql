-- Such rows are guessed again.
DELETE FROM mapping WHERE fingerprint = ?
