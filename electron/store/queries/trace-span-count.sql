-- How many spans a trace has, by its rows.
SELECT count(*) AS n FROM span WHERE trace = ?
