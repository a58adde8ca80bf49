-- A block that all bodies have left.
DELETE FROM body_block WHERE first = ?
