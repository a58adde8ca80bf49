-- The traits of a span that was read before there were any.
UPDATE span SET trait = ? WHERE id = ?
