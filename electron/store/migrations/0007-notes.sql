-- What persons say about traces and spans, and what other systems judged. None of it refers to row ids: it outlives
-- removing an import and importing it again.

-- A word put on a trace (span 0) or on the span with this tag in it; '' is a star.
CREATE TABLE note(
  trace TEXT NOT NULL,
  span INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (trace, span, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_word ON note(word);

-- The latest things done to notes, so that they can be undone: which notes each of them changed. was: 1 it was there.
CREATE TABLE note_change(
  change INTEGER NOT NULL,
  trace TEXT NOT NULL,
  span INTEGER NOT NULL,
  word TEXT NOT NULL,
  was INTEGER NOT NULL,
  PRIMARY KEY (change, trace, span, word)
) STRICT, WITHOUT ROWID;

-- A query with a name, and how its list looked: JSON of shared/contract/views.ts. saved: milliseconds since 1970.
CREATE TABLE saved_view(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  view TEXT NOT NULL,
  saved INTEGER NOT NULL
) STRICT;

-- A file of scores from elsewhere: the unit that can be removed. receipt: JSON of shared/domain/score-receipt.ts.
CREATE TABLE score_file(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  started INTEGER NOT NULL,
  receipt TEXT NOT NULL
) STRICT;

-- What such files say of a trace (span 0), of a span by its tag, or of a session (trace ''). hash: the first 16 bytes of
-- SHA-256 of all of it, and of its number among equals of one file.
CREATE TABLE given_score(
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  trace TEXT NOT NULL,
  span INTEGER NOT NULL,
  session TEXT NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  label TEXT,
  explanation TEXT,
  source TEXT
) STRICT;
CREATE INDEX given_score_trace ON given_score(trace, span) WHERE trace <> '';
CREATE INDEX given_score_session ON given_score(session) WHERE session <> '';

-- Which files gave a score: it goes with the last of them.
CREATE TABLE score_giver(
  file INTEGER NOT NULL,
  score INTEGER NOT NULL,
  PRIMARY KEY (file, score)
) STRICT, WITHOUT ROWID;
CREATE INDEX score_giver_score ON score_giver(score);
