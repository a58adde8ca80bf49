-- One block of texts.
SELECT first, n, ends, data FROM record_block WHERE first = ?
