-- One block of texts.
SELECT first, n, ends, data FROM body_block WHERE first = ?
