-- Which rules read an import.
UPDATE import SET rules = ? WHERE id = ?
