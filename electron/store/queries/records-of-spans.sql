-- Records of the spans of a JSON list, span by span in order of arrival.
SELECT id, id AS span, context FROM span WHERE id IN (SELECT value FROM json_each(:spans))
UNION ALL
SELECT id, span, context FROM extra WHERE span IN (SELECT value FROM json_each(:spans))
ORDER BY span, id
