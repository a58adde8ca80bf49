-- The names of all bodies.
SELECT first, n, hashes FROM body_block ORDER BY first
