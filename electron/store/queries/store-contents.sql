-- Changes with every import and every removal.
SELECT ifnull(max(id), 0) || ':' || count(*) || ':' || ifnull(sum(n), 0) AS contents FROM batch
