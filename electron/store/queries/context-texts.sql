-- Contexts may refer to bodies.
SELECT text FROM context
