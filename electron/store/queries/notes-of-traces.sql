-- Notes of traces, given as a JSON list of row ids.
SELECT t.id, n.word FROM json_each(?) AS wanted
JOIN trace t ON t.id = wanted.value
JOIN note n ON n.trace = t.key AND n.span = 0
ORDER BY n.word
