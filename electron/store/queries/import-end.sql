-- An import ends.
UPDATE import SET state = ?, spans = ?, traces = ?, unreadable = ? WHERE id = ?
