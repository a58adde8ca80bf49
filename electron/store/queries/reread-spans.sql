-- What can be put back, a page at a time.
SELECT span, before FROM reread_span WHERE span > ? ORDER BY span LIMIT ?
