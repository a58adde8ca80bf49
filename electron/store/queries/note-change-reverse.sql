-- What must change so that the notes of a change are again as they were before it.
INSERT INTO note_change
SELECT @change, c.trace, c.span, c.word, 1 - c.was FROM note_change c
WHERE c.change = @undone
  AND c.was <> EXISTS (SELECT 1 FROM note n WHERE n.trace = c.trace AND n.span = c.span AND n.word = c.word)
