-- What tells that a file came before: it is not read a second time (repeats.ts).

-- A keyed hash of its bytes as they lie on disk; NULL where its batches do not hold all that it brought.
ALTER TABLE file ADD COLUMN hash BLOB;
-- The rules that read it, and a hash of what was known of unknown rows then: '' where it has none.
ALTER TABLE file ADD COLUMN rules TEXT;
ALTER TABLE file ADD COLUMN mappings TEXT;
-- 1 where ids were made: they depend on the files before it.
ALTER TABLE file ADD COLUMN alone INTEGER;
CREATE INDEX file_bytes ON file(bytes) WHERE hash IS NOT NULL;
