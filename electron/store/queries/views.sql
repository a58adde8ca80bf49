-- Saved views by name.
SELECT id, name, view FROM saved_view ORDER BY name COLLATE NOCASE, name
