-- What a person wrote about a trace (span 0), or about the span with this tag in it. By ids, as stars and tags are.
CREATE TABLE remark(
  trace TEXT NOT NULL,
  span INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (trace, span)
) STRICT, WITHOUT ROWID;
