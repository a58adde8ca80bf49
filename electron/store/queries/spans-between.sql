-- How many spans have these ids: a record that joined an earlier span has none.
SELECT count(*) AS n FROM span WHERE id >= ? AND id < ?
