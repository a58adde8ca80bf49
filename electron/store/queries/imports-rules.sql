-- Every import was read again by these rules.
UPDATE import SET rules = ?
