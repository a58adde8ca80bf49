-- The row that the next new trace gets.
SELECT ifnull(max(id), 0) + 1 AS next FROM trace
