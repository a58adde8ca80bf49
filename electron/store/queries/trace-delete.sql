-- A trace without spans is none.
DELETE FROM trace WHERE id = ?
