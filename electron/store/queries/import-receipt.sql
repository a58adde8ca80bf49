-- What an import tells about itself.
UPDATE import SET receipt = ?, unreadable = ? WHERE id = ?
