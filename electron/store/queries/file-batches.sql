-- What a file brought, in order.
SELECT first, n, bodies, claims FROM batch WHERE file = ? ORDER BY first
