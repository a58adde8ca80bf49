-- Prompts that persons keep as files (electron/store/prompts/library.ts) and drafts of new versions. Both are what persons
-- say: they outlive removing imports.

-- Versions that came with one reading of a folder. edit: of prompt_edit; undoing that undoes them all, and of several
-- readings the last one holds. hash: of the template, names of variables left out. facts: JSON of what else its file says.
CREATE TABLE prompt_library(
  edit INTEGER NOT NULL,
  prompt TEXT NOT NULL,
  version TEXT NOT NULL,
  hash TEXT NOT NULL,
  template TEXT NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (edit, prompt, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_library_named ON prompt_library(prompt, version);

-- What somebody is writing. base: the version it began as. variables: JSON of the values it is tried with. saved: milliseconds
-- since 1970.
CREATE TABLE prompt_draft(
  prompt TEXT NOT NULL,
  base TEXT NOT NULL,
  template TEXT NOT NULL,
  variables TEXT NOT NULL,
  saved INTEGER NOT NULL,
  PRIMARY KEY (prompt, base)
) STRICT, WITHOUT ROWID;

-- Of a recovered version as in prompt_library; empty until somebody keeps prompts as files.
ALTER TABLE prompt_template ADD COLUMN text_hash TEXT NOT NULL DEFAULT '';
