-- Less of what is there twice or wider than needed.

-- A record's hash is compared within its span only: 47 bits take six bytes, 52 took eight.
UPDATE span SET hash = hash & 0x7fffffffffff WHERE hash > 0x7fffffffffff;
UPDATE extra SET hash = hash & 0x7fffffffffff WHERE hash > 0x7fffffffffff;

-- The span's row says when a call began.
ALTER TABLE call DROP COLUMN start;
