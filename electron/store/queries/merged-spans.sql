-- Spans of a trace that have more than one record.
SELECT DISTINCT span FROM extra WHERE trace = ? ORDER BY span
