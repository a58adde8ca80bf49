-- Which rules read what an import brought, and what reading it again by newer ones changed.

-- A hash of the formats' and conventions' code; NULL before this was noted.
ALTER TABLE import ADD COLUMN rules TEXT;

-- One reading again. state: running, complete, partial (cancelled or killed). looked: spans read; changed: those that differ.
-- changes: JSON of shared/contract/rereading.ts. contents: what the store held then (`store-contents`): what was changed can
-- be put back for as long as that is so.
CREATE TABLE rereading(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  started INTEGER NOT NULL,
  rules TEXT NOT NULL,
  looked INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  changes TEXT NOT NULL,
  contents TEXT NOT NULL
) STRICT;

-- What the columns said of a span before, as JSON.
CREATE TABLE reread_span(
  span INTEGER PRIMARY KEY,
  before TEXT NOT NULL
) STRICT;
