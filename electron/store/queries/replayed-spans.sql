-- Answers to requests that were sent again, of spans with this one's name: the latest that came first. An answer is called as its
-- call is. A walk over all spans, for a process that nobody waits for.
SELECT span.id
FROM span
WHERE span.marks & ? AND span.name = (SELECT name FROM span WHERE id = ?)
ORDER BY span.id DESC LIMIT ?
