-- How many spans: of all traces, or of those of a JSON list.
SELECT ifnull(sum(spans), 0) AS spans FROM trace
WHERE :traces IS NULL OR id IN (SELECT value FROM json_each(:traces))
