-- What of a call else changes its price. cache_write_1h: of the cache writes those kept for an hour. more: name of a text
-- (shared/money/call-more.ts) that few calls need. cost_rest: what the recorded cost is more than `cost` says, in 10^-24
-- dollars; NULL is nothing.
ALTER TABLE call ADD COLUMN cache_write_1h INTEGER;
ALTER TABLE call ADD COLUMN more INTEGER;
ALTER TABLE call ADD COLUMN cost_rest INTEGER;

-- The prices by which costs are computed: the last one. Kept whole, so that a newer list changes no cost by itself, and the
-- one before it comes back by removing it. book: zstd of JSON (shared/money/book.ts).
CREATE TABLE price_book(
  id INTEGER PRIMARY KEY,
  since INTEGER NOT NULL,
  book BLOB NOT NULL
) STRICT;
