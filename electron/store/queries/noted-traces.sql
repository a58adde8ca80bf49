-- Traces that persons put something on, or on one of their spans; of these, where a list is given.
SELECT t.id, t.key FROM (SELECT trace FROM note UNION SELECT trace FROM remark) n
JOIN trace t ON t.key = n.trace
WHERE @traces IS NULL OR t.id IN (SELECT value FROM json_each(@traces))
ORDER BY t.id
