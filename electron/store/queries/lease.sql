-- Who may write.
SELECT value FROM store WHERE key = 'writer'
