-- A word that came with a file; one that stands there already stays.
INSERT OR IGNORE INTO note VALUES (@trace, @span, @word)
