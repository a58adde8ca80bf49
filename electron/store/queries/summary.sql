-- How much a store holds.
SELECT
  (SELECT count(*) FROM trace) AS traces,
  (SELECT ifnull(sum(spans), 0) FROM trace) AS spans,
  (SELECT ifnull(sum(calls), 0) FROM trace) AS calls,
  (SELECT count(*) FROM import) AS imports
