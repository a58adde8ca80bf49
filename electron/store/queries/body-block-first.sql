-- Where the block that may hold a text starts.
SELECT first FROM body_block WHERE first <= ? ORDER BY first DESC LIMIT 1
