-- Spans that other rules read.
SELECT ifnull(sum(spans), 0) AS due FROM import WHERE state <> 'running' AND rules IS NOT ?
