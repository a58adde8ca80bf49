-- Rows of records that leave.
DELETE FROM span WHERE id >= ? AND id < ?
