-- What counts as a success of a trace, by a name: a query that some span of it must match. feature: of traces of this
-- feature only; '' is all of them. saved: milliseconds since 1970.
CREATE TABLE success(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  feature TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  saved INTEGER NOT NULL,
  UNIQUE (feature, name)
) STRICT;
