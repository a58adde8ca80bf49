-- A span whose first record is another.
UPDATE span SET id = ?, context = ?, place = ?, hash = ? WHERE id = ?
