-- Forgets a saved view.
DELETE FROM saved_view WHERE id = ?
