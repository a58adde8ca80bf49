-- Takes out what a person wrote.
DELETE FROM remark WHERE trace = @trace AND span = @span
