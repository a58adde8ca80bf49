-- Scores follow their span.
UPDATE score SET span = ? WHERE span = ?
