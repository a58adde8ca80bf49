-- A block with other texts.
UPDATE record_block SET ends = ?, data = ? WHERE first = ?
