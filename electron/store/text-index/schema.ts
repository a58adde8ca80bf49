import Database from 'better-sqlite3'
import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { isRunning } from '../running.ts'

/** Bytes 68 to 71 of the file: "SpIx". */
export const indexApplicationId = 0x53704978
/** What the tables mean; another number is another index. */
export const layoutVersion = 6

/** Beside the store, and nothing but derived from it: removing it costs time only. */
export function indexPathOf(storePath: string): string {
  return `${storePath}.index`
}

/**
 * `words`: a row for each distinct text; the tokenizer splits at what `words.ts` writes. FTS5 reads and merges its segments,
 * `segments.ts` adds them.
 * `posting`: where texts stand, a piece for each segment of texts and generation. `redone`: postings of a span that are older
 * than the generation no longer hold. `origin`: where each text is found again. `cut`: texts with words that are too long.
 * `term`: the distinct words and in how many texts they are, `term_part` their groups of three characters, `common` the
 * spans of the commonest. `said`, `said_value`: what records say that no text is (`said-columns.ts`).
 */
const tables = `
  CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, detail=full, tokenize='ascii');
  CREATE TABLE posting(id INTEGER PRIMARY KEY, segment INTEGER NOT NULL, generation INTEGER NOT NULL,
    length INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE INDEX posting_segment ON posting(segment);
  CREATE TABLE redone(span INTEGER PRIMARY KEY, generation INTEGER NOT NULL) STRICT;
  CREATE TABLE origin(first INTEGER PRIMARY KEY, n INTEGER NOT NULL, origins BLOB NOT NULL,
    length INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE TABLE cut(text INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE term(id INTEGER PRIMARY KEY, s TEXT NOT NULL UNIQUE, texts INTEGER NOT NULL) STRICT;
  CREATE VIRTUAL TABLE term_part USING fts5(s, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1');
  CREATE TABLE said(id INTEGER PRIMARY KEY, n INTEGER NOT NULL, length INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE TABLE said_value(field TEXT NOT NULL, code INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (field, code)) STRICT, WITHOUT ROWID;
  CREATE TABLE common(word TEXT PRIMARY KEY, length INTEGER NOT NULL, bits BLOB NOT NULL) STRICT;
`

/** Makes an empty index in place of whatever is there: complete before it gets its name, and nobody else's to read. */
export function createIndexFile(file: string): void {
  removeIndexFile(file)
  const unfinished = `${file}.new-${process.pid}`
  removeAll(unfinished)
  closeSync(openSync(unfinished, 'wx', 0o600))
  try {
    const db = new Database(unfinished)
    try {
      db.pragma('page_size = 8192')
      db.pragma(`application_id = ${indexApplicationId}`)
      db.pragma(`user_version = ${layoutVersion}`)
      db.exec(tables)
      db.pragma('journal_mode = WAL')
    } finally {
      db.close()
    }
    removeIndexFile(file)
    renameSync(unfinished, file)
  } finally {
    removeAll(unfinished)
  }
}

/** Removes an index, and what processes that were killed left of others. */
export function removeIndexFile(file: string): void {
  if (isFolder(file))
    throw new InspectorError(
      'index/folder',
      `${file} is a folder: the search index is a file there. Move the folder away.`,
    )
  removeAll(file)
  removeUnfinished(file)
}

/** Removes what processes that are gone began and never finished. */
export function removeUnfinished(file: string): void {
  const start = `${path.basename(file)}.new-`
  for (const name of readdirSync(path.dirname(file))) {
    const pid = name.startsWith(start)
      ? /^(\d{1,10})(-wal|-shm|-journal)?$/.exec(name.slice(start.length))?.[1]
      : undefined
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(path.dirname(file), name), { force: true })
  }
}

/** No index of ours: it holds no words. */
export function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** What was not yet moved into the file goes first: it would be taken for a part of the next one. */
function removeAll(file: string): void {
  for (const end of ['-wal', '-shm', '-journal', '']) rmSync(file + end, { force: true })
}
