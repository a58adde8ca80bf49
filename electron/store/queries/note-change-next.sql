-- The number of the next change of notes.
SELECT ifnull(max(change), 0) + 1 AS change FROM note_change
