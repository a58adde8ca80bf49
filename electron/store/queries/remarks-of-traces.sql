-- What persons wrote about traces, given as a JSON list of row ids.
SELECT t.id, r.text FROM json_each(?) AS wanted
JOIN trace t ON t.id = wanted.value
JOIN remark r ON r.trace = t.key AND r.span = 0
