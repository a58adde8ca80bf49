-- The record numbers an import gave.
SELECT first, n FROM batch WHERE import = ?
