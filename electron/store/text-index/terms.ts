import type Database from 'better-sqlite3'
import { writeState, type IndexState } from './identity.ts'

/**
 * Lists the words of texts that came since the last time, so that parts of words can be looked for. It reads the whole
 * vocabulary: 3 s for 1.2 GB of texts.
 */
export function renewTerms(db: Database.Database, state: IndexState, done: (state: IndexState) => void): void {
  if (state.terms === state.texts) return
  db.transaction(() => {
    db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    const last = db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM term').pluck().get()!
    db.exec('INSERT OR IGNORE INTO term(s) SELECT term FROM temp.vocabulary')
    db.prepare('INSERT INTO term_part(rowid, s) SELECT id, s FROM term WHERE id > ?').run(last)
    const next = { ...state, terms: state.texts }
    writeState(db, next)
    done(next)
  }).immediate()
  db.pragma('wal_checkpoint(TRUNCATE)')
}
