-- Changes so old that nobody undoes them.
DELETE FROM note_change WHERE change <= ?
