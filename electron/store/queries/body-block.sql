-- One block of bodies.
SELECT first, n, hashes, ends, data FROM body_block WHERE first = ?
