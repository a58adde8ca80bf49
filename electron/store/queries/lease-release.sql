-- Gives the right to write back.
DELETE FROM store WHERE key = 'writer'
