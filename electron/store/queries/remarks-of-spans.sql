-- What persons wrote about spans, given as a JSON list of row ids.
SELECT s.id, r.text FROM json_each(?) AS wanted
JOIN span s ON s.id = wanted.value
JOIN trace t ON t.id = s.trace
JOIN remark r ON r.trace = t.key AND r.span = s.tag
