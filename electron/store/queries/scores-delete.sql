-- Rows of records that leave.
DELETE FROM score WHERE span >= ? AND span < ?
