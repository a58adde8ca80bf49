-- A reading again that was undone.
DELETE FROM rereading WHERE id = ?
