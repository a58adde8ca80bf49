-- The scores of a span.
DELETE FROM score WHERE span = ?
