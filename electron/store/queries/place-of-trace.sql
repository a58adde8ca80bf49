-- Where notes of a trace are kept.
SELECT key AS trace, 0 AS span FROM trace WHERE id = ?
