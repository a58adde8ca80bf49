-- A block of bodies.
INSERT INTO body_block(first, n, hashes, ends, data) VALUES (?, ?, ?, ?, ?)
