-- What a span says of itself that many others say too (agent, service, operation, tool, tags, whether it streamed), as JSON
-- of shared/domain/traits.ts: a handful of combinations serve thousands of spans.
CREATE TABLE trait(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- 0 says nothing; NULL was not asked: the span was read before there were traits, and is read again by newer rules.
ALTER TABLE span ADD COLUMN trait INTEGER;
CREATE INDEX span_untold ON span(id) WHERE trait IS NULL;
