-- Spans of several records, one of which has one of these numbers.
SELECT span FROM extra WHERE id >= ? AND id < ? UNION SELECT span FROM extra WHERE span >= ? AND span < ?
