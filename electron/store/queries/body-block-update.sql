-- A block that bodies have left.
UPDATE body_block SET hashes = ?, ends = ?, data = ? WHERE first = ?
