-- Tags in use, with what is in the store no more.
SELECT word AS tag, sum(span = 0) AS traces, sum(span <> 0) AS spans FROM note
WHERE word <> '' GROUP BY word ORDER BY count(*) DESC, word LIMIT 1000
