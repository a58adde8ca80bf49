-- An import begins.
INSERT INTO import(state, started, spans, traces, unreadable) VALUES ('running', ?, 0, 0, 0)
