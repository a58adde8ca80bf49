-- A reading again begins.
INSERT INTO rereading(state, started, rules, looked, changed, changes, contents) VALUES ('running', ?, ?, 0, 0, '[]', '')
