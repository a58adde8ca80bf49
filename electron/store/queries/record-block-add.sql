-- A block of kept records.
INSERT INTO record_block(first, n, ends, data) VALUES (?, ?, ?, ?)
