-- What calls were prompted with, as far as no column of `call` says it (electron/store/prompts). All of it but prompt_edit
-- follows from the records and is made anew when it is stale; removing an import empties it.

-- Calls that were looked at. grp: which calls are compared with one another; 0 is none. prompt, version: names that were
-- recovered, 0 where the file has its own or nothing was found. text: what it was sent, as a number of prompt_text. inputs:
-- 52 bits of a hash of what it was asked, 0 for nothing. configuration: of prompt_configuration. answer: bits, see
-- answer-facts.ts. length: characters of the answer; NULL is unknown.
CREATE TABLE prompt_call(
  id INTEGER PRIMARY KEY,
  grp INTEGER NOT NULL,
  text INTEGER NOT NULL,
  prompt INTEGER NOT NULL,
  version INTEGER NOT NULL,
  inputs INTEGER NOT NULL,
  configuration INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  length INTEGER
) STRICT;
CREATE INDEX prompt_call_text ON prompt_call(text);

-- Calls of one feature, agent or span name. stale: texts came to it that no version has been looked for among.
CREATE TABLE prompt_group(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  stale INTEGER NOT NULL
) STRICT;

-- Distinct texts of a group: the first 16 bytes of SHA-256, a call that was sent it, and the version it was found to be.
CREATE TABLE prompt_text(
  id INTEGER PRIMARY KEY,
  grp INTEGER NOT NULL,
  hash BLOB NOT NULL,
  call INTEGER NOT NULL,
  template INTEGER NOT NULL,
  UNIQUE (grp, hash)
) STRICT;

-- Recovered versions. prompt, version: what they are called; version follows from the fixed text when it is first seen.
-- template: zstd of JSON (shared/prompts/template.ts). sureness: as in shared/contract/prompts.ts.
CREATE TABLE prompt_template(
  id INTEGER PRIMARY KEY,
  grp INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  version TEXT NOT NULL,
  sureness TEXT NOT NULL,
  template BLOB NOT NULL
) STRICT;
CREATE INDEX prompt_template_named ON prompt_template(prompt, version);

-- Tools, parameters and model that calls were made with: JSON as written. hash: of all three.
CREATE TABLE prompt_configuration(
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  model TEXT,
  parameters TEXT,
  tools TEXT
) STRICT;

-- What persons said: JSON of shared/contract/prompt-edits.ts, in the order in which it was said. It names prompts and
-- versions by what they are called, so that it outlives removing an import. undone: 1. saved: milliseconds since 1970.
CREATE TABLE prompt_edit(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  edit TEXT NOT NULL,
  undone INTEGER NOT NULL,
  saved INTEGER NOT NULL
) STRICT;
