-- A trace whose order and totals are due.
SELECT id, spans FROM trace WHERE dirty LIMIT 1
