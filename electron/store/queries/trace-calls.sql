-- Usage of a trace's spans in file order, for its tree.
SELECT id, model, input, output, cache_read, cost, first_token, counted FROM call WHERE trace = ? ORDER BY id
