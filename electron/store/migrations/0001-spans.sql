-- The first schema. Never edited once released: a store is refused when its schema is not what its migrations give.
-- Times are integer microseconds since 1970 with the 0 to 999 nanoseconds that remain beside them (a double is exact to
-- 2^53, which microseconds never reach); money is integer nano-dollars; NULL is unknown, never zero.
-- Ids of records, bodies and contexts are given in order of arrival. Random ids (trace, span) are no keys: twice to five
-- times the insert time.

-- Facts about the store itself: who writes it now (lease).
CREATE TABLE store(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which migrations made this schema, and when (milliseconds since 1970).
CREATE TABLE migration(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied INTEGER NOT NULL
) STRICT;

-- One run of the importer: the unit that can be removed. state: running, complete, partial, failed.
-- Counts are of what was read; they grow with each commit. receipt is the JSON of shared/domain/receipt.ts.
-- AUTOINCREMENT: an id is never given to another import, so that nobody's cached receipt is mistaken for another's.
CREATE TABLE import(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  started INTEGER NOT NULL,
  spans INTEGER NOT NULL,
  traces INTEGER NOT NULL,
  unreadable INTEGER NOT NULL,
  receipt TEXT
) STRICT;

-- The files of an import. An upload has only its name for a path. consumed: bytes read and committed.
CREATE TABLE file(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  consumed INTEGER NOT NULL
) STRICT;

-- What one transaction brought from one file: the record numbers first … first + n - 1, the bodies they use, and claims:
-- records that were in the store already, with the number they would have had here (see claims.ts).
CREATE TABLE batch(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL,
  file INTEGER NOT NULL,
  first INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bodies BLOB NOT NULL,
  claims BLOB NOT NULL
) STRICT;
CREATE INDEX batch_first ON batch(first);

-- Strings that columns refer to, cut at 1,000 characters (the whole text is in the kept record).
CREATE TABLE name(
  id INTEGER PRIMARY KEY,
  s TEXT NOT NULL UNIQUE
) STRICT;

-- What a span says about its whole trace, interned: a handful of combinations serve thousands of spans. 0 is none.
CREATE TABLE label(
  id INTEGER PRIMARY KEY,
  trace_name INTEGER NOT NULL,
  session INTEGER NOT NULL,
  user INTEGER NOT NULL,
  environment INTEGER NOT NULL,
  release INTEGER NOT NULL,
  application INTEGER NOT NULL,
  UNIQUE (trace_name, session, user, environment, release, application)
) STRICT;

-- What spans stood in (format, resource, scope), as kept text; hash is of both columns.
CREATE TABLE context(
  id INTEGER PRIMARY KEY,
  format TEXT NOT NULL,
  text TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE
) STRICT;

-- One row a trace: its totals over calls counted once, and what its root says about it. key is the trace id in normal
-- form. dirty: spans came in a later transaction; order and totals are due when the import ends.
CREATE TABLE trace(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name INTEGER NOT NULL,
  start INTEGER,
  start_ns INTEGER NOT NULL,
  dur INTEGER,
  dur_ns INTEGER NOT NULL,
  spans INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  tools INTEGER NOT NULL,
  input INTEGER,
  output INTEGER,
  cost INTEGER,
  uncosted INTEGER NOT NULL,
  session INTEGER NOT NULL,
  user INTEGER NOT NULL,
  environment INTEGER NOT NULL,
  release INTEGER NOT NULL,
  application INTEGER NOT NULL,
  dirty INTEGER NOT NULL
) STRICT;
CREATE INDEX trace_start ON trace(start, start_ns);
CREATE INDEX trace_dirty ON trace(id) WHERE dirty;

-- One row a span; id is the number of its first record. tag and ptag are 52 bits of the hash of its own and its parent's
-- id, compared within a trace. Descendants are the spans of the trace whose pre lies in pre + 1 … last. place: line or
-- byte in the file. hash: 52 bits of kept text and context. marks, conventions: bit sets.
CREATE TABLE span(
  id INTEGER PRIMARY KEY,
  trace INTEGER NOT NULL,
  tag INTEGER NOT NULL,
  ptag INTEGER NOT NULL,
  pre INTEGER NOT NULL,
  last INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  name INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  status INTEGER NOT NULL,
  start INTEGER,
  start_ns INTEGER NOT NULL,
  dur INTEGER,
  dur_ns INTEGER NOT NULL,
  context INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  marks INTEGER NOT NULL,
  conventions INTEGER NOT NULL,
  label INTEGER NOT NULL
) STRICT;
CREATE INDEX span_trace ON span(trace);

-- Further records of a span that was exported more than once with different content. The span's row is then a reading
-- of all its records together.
CREATE TABLE extra(
  id INTEGER PRIMARY KEY,
  span INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  context INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash INTEGER NOT NULL
) STRICT;
CREATE INDEX extra_trace ON extra(trace);
CREATE INDEX extra_span ON extra(span);

-- Model, usage and recorded cost of the spans that carry them (id is the span's). counted: 1 a call, 2 other usage that
-- a total may add, 0 restated elsewhere or unknown. response: 52 bits of the hash of the provider's response id.
CREATE TABLE call(
  id INTEGER PRIMARY KEY,
  trace INTEGER NOT NULL,
  start INTEGER,
  model INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  response INTEGER NOT NULL,
  prompt INTEGER NOT NULL,
  prompt_version INTEGER NOT NULL,
  input INTEGER,
  output INTEGER,
  cache_read INTEGER,
  cache_write INTEGER,
  reasoning INTEGER,
  cost INTEGER,
  first_token INTEGER,
  counted INTEGER NOT NULL
) STRICT;
CREATE INDEX call_trace ON call(trace);

-- Judgements that the dumps carried, in the order of their span's records.
CREATE TABLE score(
  id INTEGER PRIMARY KEY,
  span INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL,
  label TEXT,
  explanation TEXT,
  source TEXT
) STRICT;
CREATE INDEX score_span ON score(span);

-- Kept records first … first + n - 1: data is zstd of their texts one after another, ends their end offsets (u32).
CREATE TABLE record_block(
  first INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  ends BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- Distinct long texts, each stored once: like record_block, with the first 16 bytes of each SHA-256 in hashes. A body
-- that was removed leaves an empty place and a zero hash.
CREATE TABLE body_block(
  first INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  ends BLOB NOT NULL,
  data BLOB NOT NULL
) STRICT;
