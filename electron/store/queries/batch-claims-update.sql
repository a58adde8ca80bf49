-- Claims after records moved.
UPDATE batch SET claims = ? WHERE id = ?
