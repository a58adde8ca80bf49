-- Notes that a change takes off.
DELETE FROM note WHERE (trace, span, word) IN (SELECT trace, span, word FROM note_change WHERE change = ? AND was = 1)
