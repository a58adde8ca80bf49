-- Notes that a change puts on.
INSERT OR IGNORE INTO note SELECT trace, span, word FROM note_change WHERE change = ? AND was = 0
