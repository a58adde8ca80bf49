-- A span's place in reading order.
UPDATE span SET pre = ?, last = ?, depth = ?, marks = ? WHERE id = ?
