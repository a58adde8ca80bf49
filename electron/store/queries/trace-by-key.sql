-- A trace by its id in normal form.
SELECT id FROM trace WHERE key = ?
