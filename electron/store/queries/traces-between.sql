-- Traces with records of these numbers.
SELECT trace FROM span WHERE id >= ? AND id < ? UNION SELECT trace FROM extra WHERE id >= ? AND id < ?
