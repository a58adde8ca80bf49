-- Rows of records that leave.
DELETE FROM extra WHERE id >= ? AND id < ?
