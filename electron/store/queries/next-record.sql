-- Numbers of records are never given twice while an import holds them.
SELECT ifnull(max(first + n), 1) AS next FROM batch
