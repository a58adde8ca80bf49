-- A score from elsewhere; one that is there already stays as it is.
INSERT INTO given_score(hash, trace, span, session, name, value, label, explanation, source)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING RETURNING id
