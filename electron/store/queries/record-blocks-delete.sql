-- Blocks never hold records of two imports, so whole blocks go.
DELETE FROM record_block WHERE first >= ? AND first < ?
