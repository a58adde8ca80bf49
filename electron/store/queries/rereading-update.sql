-- How far a reading again came, and what it changed.
UPDATE rereading SET state = ?, looked = ?, changed = ?, changes = ?, contents = ? WHERE id = ?
