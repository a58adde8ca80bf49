-- Usage follows its span.
UPDATE call SET id = ? WHERE id = ?
