-- Every import, newest first.
SELECT id, state, started, spans, traces, unreadable, receipt FROM import ORDER BY id DESC
