-- How many spans there are, exactly.
SELECT count(*) AS spans FROM span
