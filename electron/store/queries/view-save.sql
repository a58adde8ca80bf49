-- Saves a view; the one of that name is replaced.
INSERT INTO saved_view(name, view, saved) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET view = excluded.view, saved = excluded.saved
RETURNING id
