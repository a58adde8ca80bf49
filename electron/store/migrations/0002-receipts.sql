-- What receipts and audits ask: messages per call, the feature and tenant a trace belongs to, and remembered mappings.

-- Messages that went into and came out of a call; 0 is a call without text, NULL unknown.
ALTER TABLE call ADD COLUMN messages INTEGER;

-- As before, with two columns more in what makes a combination.
CREATE TABLE wider_label(
  id INTEGER PRIMARY KEY,
  trace_name INTEGER NOT NULL,
  session INTEGER NOT NULL,
  user INTEGER NOT NULL,
  environment INTEGER NOT NULL,
  release INTEGER NOT NULL,
  application INTEGER NOT NULL,
  feature INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  UNIQUE (trace_name, session, user, environment, release, application, feature, tenant)
) STRICT;
INSERT INTO wider_label SELECT id, trace_name, session, user, environment, release, application, 0, 0 FROM label;
DROP TABLE label;
ALTER TABLE wider_label RENAME TO label;

-- What a person said the fields of unknown rows mean (shared/domain/mapping.ts), by the fingerprint of those rows.
-- saved: milliseconds since 1970.
CREATE TABLE mapping(
  fingerprint TEXT PRIMARY KEY,
  mapping TEXT NOT NULL,
  saved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
