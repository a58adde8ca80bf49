-- How many definitions of success there are.
SELECT count(*) AS n FROM success
