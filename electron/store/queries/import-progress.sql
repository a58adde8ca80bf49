-- What an import has read so far.
UPDATE import SET spans = ?, traces = ?, unreadable = ? WHERE id = ?
