-- Spans by the hash of the provider's response id (a JSON list). Who restates a call comes before who made it.
SELECT t.key, s.tag, c.response FROM call c JOIN span s ON s.id = c.id JOIN trace t ON t.id = s.trace
WHERE c.response <> 0 AND c.response IN (SELECT value FROM json_each(?)) ORDER BY c.counted = 1, c.id DESC
