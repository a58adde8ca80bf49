-- How many traces there are, exactly.
SELECT count(*) AS total FROM trace
