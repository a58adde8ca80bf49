import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { compress, recordPacking } from '../block-builder.ts'
import { isBeingWritten } from '../lease.ts'
import type { Store } from '../open.ts'
import { CommonWords } from './common.ts'
import { ofIndex } from './damage.ts'
import { emptyState, fingerprint, isOf, readState, writeState, type IndexState } from './identity.ts'
import { OriginWriter } from './origins.ts'
import { PostingList } from './postings.ts'
import { createIndexFile, indexApplicationId, indexPathOf, layoutVersion, removeUnfinished } from './schema.ts'
import { SpanTexts, type TextReading } from './span-texts.ts'
import type { Origin } from './stubs.ts'
import { renewTerms } from './terms.ts'
import { wordText } from './words.ts'

/** Characters of new texts in one transaction: what is written in large pieces is searched in few. */
const textsPerTransaction = 100 << 20
/** Milliseconds to wait for another process that writes. */
const timeout = 100
/** Records read in one state of the store. */
const recordsAtOnce = 1000
/** While an import goes on, what was read is searchable after so many milliseconds at the latest. */
const patience = 30_000

/** The index is not this store's any more: somebody removed it, or an import. Begin anew. */
export class LostIndexError extends InspectorError {
  constructor() {
    super('index/lost', 'The search index was removed while it was built.')
  }
}

interface RecordRow {
  readonly id: number
  readonly span: number
}

export interface BuildOptions {
  readonly reading: TextReading
  /** Names the rules by which it reads. */
  readonly rules: string
}

/**
 * Brings the index of a store up to date: reads the records past its watermark and writes what they say, in transactions of
 * its own. Killed at any moment it goes on from the last one. One process at a time may build.
 */
export class IndexBuilder {
  private readonly store: Store
  private readonly options: BuildOptions
  private readonly db: Database.Database
  private readonly file: string
  private readonly inode: number
  private state: IndexState
  private texts: SpanTexts
  private postings = new PostingList()
  private origins: OriginWriter | undefined
  private readonly addWords: Database.Statement<[bigint, string]>
  private readonly addCut: Database.Statement<[number]>
  private readonly addPosting: Database.Statement<[number, number, number, Buffer]>
  private readonly addRedone: Database.Statement<[number, number]>
  private readonly addOrigin: Database.Statement<[number, number, Buffer, number, Buffer]>
  private common: CommonWords | undefined
  private characters = 0
  private began = 0

  constructor(store: Store, options: BuildOptions) {
    this.store = store
    this.options = options
    this.file = indexPathOf(store.path)
    this.db = openForBuilding(this.file, store, options.rules)
    this.inode = statSync(this.file).ino
    this.state = readState(this.db) ?? emptyState(store, options.rules)
    this.texts = this.newTexts()
    this.addWords = this.db.prepare('INSERT INTO words(rowid, text) VALUES (?, ?)')
    this.addCut = this.db.prepare('INSERT INTO cut VALUES (?)')
    this.addPosting = this.db.prepare('INSERT INTO posting(segment, generation, length, data) VALUES (?, ?, ?, ?)')
    this.addRedone = this.db.prepare('INSERT OR REPLACE INTO redone VALUES (?, ?)')
    this.addOrigin = this.db.prepare('INSERT INTO origin VALUES (?, ?, ?, ?, ?)')
  }

  /** Records that are in, of how many. */
  progress(): { readonly done: number; readonly all: number } {
    const all = this.store.statement<[], { n: number }>('SELECT ifnull(max(id), 0) AS n FROM span').get()!.n
    return { done: Math.min(this.state.record, all), all }
  }

  /**
   * Reads some records. `more`: there are more; `done`: all is in; `wait`: all is read and will be written, or somebody else
   * builds. Throws `LostIndexError` where all of it is to be done again, `DamagedIndexError` where the file must go first.
   */
  step(): 'more' | 'done' | 'wait' {
    try {
      const isLast = this.store.snapshot(() => {
        if (!this.isOurs()) throw new LostIndexError()
        let records = this.nextRecords()
        if (records.length > 0 && !this.db.inTransaction) {
          if (!ofIndex(() => this.begin())) return undefined
          records = this.nextRecords()
        }
        if (records.length === 0) return true
        this.readRecords(records)
        return records.length < recordsAtOnce
      })
      if (isLast === undefined) return 'wait'
      const isDue = Date.now() - this.began > patience || !isBeingWritten(this.store)
      if (this.db.inTransaction && (this.characters >= textsPerTransaction || (isLast && isDue)))
        ofIndex(() => this.commit())
      if (isLast && !this.db.inTransaction) ofIndex(() => renewTerms(this.db, this.state, next => (this.state = next)))
      return isLast ? (this.db.inTransaction ? 'wait' : 'done') : 'more'
    } catch (error) {
      const state = ofIndex(() => {
        if (this.db.inTransaction) this.db.exec('ROLLBACK')
        return readState(this.db)
      })
      this.state = state ?? emptyState(this.store, this.options.rules)
      this.texts = this.newTexts()
      this.postings = new PostingList()
      throw error
    }
  }

  /** What makes questions faster once all is in, a little at a time. Answers whether there is more of it. */
  tidy(): boolean {
    if (this.db.inTransaction || this.state.common === this.state.generation) return false
    const step = this.db.transaction(() => {
      if (readState(this.db)?.generation !== this.state.generation) return false
      this.common ??= new CommonWords(this.db, this.state)
      const done = this.common.step()
      if (!done) return true
      this.state = done
      this.common = undefined
      return false
    })
    return ofIndex(() => step.immediate())
  }

  close(): void {
    if (this.db.inTransaction) this.commit()
    this.db.close()
  }

  /** Lets go of what it holds without writing: closing takes back what was begun. */
  abandon(): void {
    this.db.close()
  }

  private newTexts(): SpanTexts {
    return new SpanTexts(this.store, this.options.reading, (text, origin) => this.addText(text, origin))
  }

  private isOurs(): boolean {
    const { rules } = this.options
    return statSync(this.file, { throwIfNoEntry: false })?.ino === this.inode && isOf(this.state, this.store, rules)
  }

  /** False while another process writes. What it wrote is ours to go on from. */
  private begin(): boolean {
    try {
      this.db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
      throw error
    }
    this.state = readState(this.db) ?? this.state
    this.common = undefined
    this.began = Date.now()
    this.characters = 0
    this.state = { ...this.state, generation: this.state.generation + 1 }
    this.origins = new OriginWriter(this.state.texts + 1, ({ first, n, origins, length, data }) =>
      this.addOrigin.run(first, n, origins, length, data),
    )
    return true
  }

  private nextRecords(): RecordRow[] {
    const { record } = this.state
    return this.store
      .statement<[number, number, number], RecordRow>(
        `SELECT id, id AS span FROM span WHERE id > ? UNION ALL SELECT id, span FROM extra WHERE id > ?
         ORDER BY id LIMIT ?`,
      )
      .all(record, record, recordsAtOnce)
  }

  private readRecords(rows: readonly RecordRow[]): void {
    const { record } = this.state
    const spans = [...new Set(rows.map(row => row.span))].sort((a, b) => a - b)
    const again = spans.filter(span => span <= record)
    if (again.length > 0) this.redo(again)
    this.texts.each(spans, (text, span, parts) => this.postings.add(text, span, parts))
    const last = rows.at(-1)!.id
    this.state = { ...this.state, record: last, ...fingerprint(this.store, last) }
  }

  /** What is known of these spans no longer holds: they have gained records. */
  private redo(spans: readonly number[]): void {
    this.writePostings()
    const generation = this.state.generation + 1
    this.state = { ...this.state, generation }
    ofIndex(() => spans.forEach(span => this.addRedone.run(span, generation)))
  }

  private addText(text: string, origin: Origin | undefined): number {
    const number = this.state.texts + 1
    this.state = { ...this.state, texts: number }
    this.characters += text.length
    const { words, isCut } = wordText(text)
    ofIndex(() => {
      this.addWords.run(BigInt(number), words)
      if (isCut) this.addCut.run(number)
      this.origins!.add(text, origin)
    })
    return number
  }

  private writePostings(): void {
    ofIndex(() => {
      for (const { segment, data } of this.postings.take())
        this.addPosting.run(segment, this.state.generation, data.length, compress(data, recordPacking))
    })
  }

  private commit(): void {
    this.writePostings()
    this.origins!.flush()
    writeState(this.db, this.state)
    this.db.exec('COMMIT')
    this.db.pragma('wal_checkpoint(TRUNCATE)')
    this.characters = 0
  }
}

/** An index that is damaged, of something else or out of date gives way to an empty one. */
function openForBuilding(file: string, store: Store, rules: string): Database.Database {
  removeUnfinished(file)
  const found = openIfOurs(file, store, rules)
  if (found) return found
  createIndexFile(file)
  const db = new Database(file, { timeout })
  prepare(db)
  writeState(db, emptyState(store, rules))
  return db
}

function openIfOurs(file: string, store: Store, rules: string): Database.Database | undefined {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { fileMustExist: true, timeout })
    prepare(db)
    const isIndex = db.pragma('application_id', { simple: true }) === indexApplicationId
    if (isIndex && db.pragma('user_version', { simple: true }) === layoutVersion) {
      const state = readState(db)
      // Tables that cannot be opened cannot be written.
      for (const table of tableNames) db.prepare(`SELECT 1 FROM ${table}`)
      if (state && isOf(state, store, rules)) return db
    }
  } catch {
    // No index at all: a damaged or foreign file says so in many ways.
  }
  db?.close()
  return undefined
}

const tableNames = ['words', 'posting', 'redone', 'origin', 'cut', 'term', 'term_part', 'common']

function prepare(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('cache_size = -65536')
  db.pragma('temp_store = MEMORY')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
}
