-- Calls that were looked at before further records of them came.
SELECT DISTINCT call.id, call.trace, span.pre FROM extra
JOIN call ON call.id = extra.span JOIN span ON span.id = call.id
WHERE extra.id > ? AND call.counted = 1 AND call.id <= ifnull((SELECT max(id) FROM prompt_call), 0)
ORDER BY call.id
