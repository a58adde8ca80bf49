-- What came from elsewhere about a span; about its trace and its session too, where it is a root.
SELECT g.name, g.value, g.label, g.explanation, g.source FROM span s JOIN trace t ON t.id = s.trace
JOIN given_score g ON g.trace = t.key AND (g.span = s.tag OR (g.span = 0 AND s.depth = 0))
WHERE s.id = @id AND g.trace <> ''
UNION ALL
SELECT g.name, g.value, g.label, g.explanation, g.source FROM span s JOIN trace t ON t.id = s.trace
JOIN name n ON n.id = t.session
JOIN given_score g ON g.session = n.s
WHERE s.id = @id AND s.depth = 0 AND g.session <> ''
LIMIT 1000
