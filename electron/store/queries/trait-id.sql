-- The row of traits.
SELECT id FROM trait WHERE text = ?
