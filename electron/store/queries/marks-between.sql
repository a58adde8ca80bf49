-- What was odd about the spans from one number to another.
SELECT marks, count(*) AS n FROM span WHERE id >= ? AND id < ? AND marks <> 0 GROUP BY marks
