-- What a trace's order and totals are derived from, in file order.
SELECT id, tag, ptag, start, start_ns, dur, dur_ns, marks, kind, status, name, label, pre, last, depth
FROM span WHERE trace = ? ORDER BY id
