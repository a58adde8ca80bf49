-- Which bodies each block holds.
SELECT first, n FROM body_block ORDER BY first
