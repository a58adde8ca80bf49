-- Traces in an order that depends on nothing else.
SELECT id FROM trace ORDER BY key
