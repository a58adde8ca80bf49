-- Notes of spans, given as a JSON list of row ids.
SELECT s.id, n.word FROM json_each(?) AS wanted
JOIN span s ON s.id = wanted.value
JOIN trace t ON t.id = s.trace
JOIN note n ON n.trace = t.key AND n.span = s.tag
ORDER BY n.word
