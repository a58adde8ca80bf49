-- With what files are hashed here.
SELECT value FROM store WHERE key = 'file-key'
