-- Traits that no span has.
DELETE FROM trait WHERE id NOT IN (SELECT trait FROM span WHERE trait IS NOT NULL)
