-- The earliest start in a trace.
SELECT start, start_ns AS startNs FROM trace WHERE id = ?
