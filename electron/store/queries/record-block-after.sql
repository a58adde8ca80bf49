-- The next block.
SELECT first FROM record_block WHERE first > ? ORDER BY first LIMIT 1
