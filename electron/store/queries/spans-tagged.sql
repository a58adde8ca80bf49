-- Spans with one of these tags (a JSON list), in any trace: one look through all.
SELECT s.trace, t.key, s.tag FROM span s JOIN trace t ON t.id = s.trace
WHERE s.tag IN (SELECT value FROM json_each(@tags))
