-- Usage of a trace's spans, in file order.
SELECT id, response, input, output, cost, counted FROM call WHERE trace = ? ORDER BY id
