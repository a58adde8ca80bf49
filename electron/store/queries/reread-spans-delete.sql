-- Nothing is put back any more.
DELETE FROM reread_span
