import type Database from 'better-sqlite3'
import { readState, writeState, type IndexState } from './identity.ts'

/**
 * Lists the words of texts that came since the last time, so that parts of words can be looked for. It reads the whole
 * vocabulary: 3 s for 1.2 GB of texts.
 */
export function renewTerms(db: Database.Database, state: IndexState, done: (state: IndexState) => void): void {
  if (state.terms === state.texts) return
  db.transaction(() => {
    // Somebody else may have done it.
    const now = readState(db)
    if (now?.generation !== state.generation || now.terms === now.texts) return done(now ?? state)
    db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    const last = db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM term').pluck().get()!
    db.exec(`INSERT INTO term(s, texts) SELECT term, doc FROM temp.vocabulary WHERE true
      ON CONFLICT(s) DO UPDATE SET texts = excluded.texts WHERE texts <> excluded.texts`)
    db.prepare('INSERT INTO term_part(rowid, s) SELECT id, s FROM term WHERE id > ?').run(last)
    const next = { ...state, terms: state.texts }
    writeState(db, next)
    done(next)
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
}
