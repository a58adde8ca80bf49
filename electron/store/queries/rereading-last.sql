-- The last reading again.
SELECT id, state, started, looked, changed, changes, contents FROM rereading ORDER BY id DESC LIMIT 1
