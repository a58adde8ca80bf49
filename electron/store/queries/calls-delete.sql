-- Rows of records that leave.
DELETE FROM call WHERE id >= ? AND id < ?
