-- Whether a change of notes can be undone; one that changed nothing left nothing.
SELECT 1 FROM note_change WHERE change = ? LIMIT 1
