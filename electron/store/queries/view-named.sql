-- A saved view by its name.
SELECT id, view FROM saved_view WHERE name = ?
