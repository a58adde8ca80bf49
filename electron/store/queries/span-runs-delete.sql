-- Before the runs of a trace are written anew.
DELETE FROM span_run WHERE trace = ?
