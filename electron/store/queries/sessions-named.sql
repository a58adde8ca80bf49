-- Which of these names (a JSON list) are sessions of traces.
SELECT name.s FROM json_each(?) AS wanted JOIN name ON name.s = wanted.value
WHERE name.id IN (SELECT session FROM trace)
