-- What a person wrote about a trace or a span.
SELECT text FROM remark WHERE trace = @trace AND span = @span
