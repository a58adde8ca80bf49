import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { compress, recordPacking } from '../block-builder.ts'
import { isBeingWritten } from '../lease.ts'
import type { Store } from '../open.ts'
import { CommonWords } from './common.ts'
import { ofIndex } from './damage.ts'
import { emptyState, isOf, readState, writeState, type IndexState } from './identity.ts'
import { isSame, PieceReader, type Piece, type Watermark } from './piece.ts'
import { PostingList } from './postings.ts'
import { createIndexFile, indexApplicationId, indexPathOf, layoutVersion, removeUnfinished } from './schema.ts'
import { SaidWriter } from './said-columns.ts'
import type { TextReading } from './span-texts.ts'
import { addSegment, mergeCrowd, mergeSegments } from './segments.ts'
import { TermWriter } from './terms.ts'
import { WordPostings } from './word-postings.ts'

/** Bytes of new texts in one transaction: what is written in large pieces is searched in few. */
const textsPerTransaction = 100 << 20
/** Bytes of memory that words may take before they are written. */
const mostWords = 80 << 20
/** Milliseconds to wait for another process that writes. */
const timeout = 100
/** While an import goes on, what was read is searchable after so many milliseconds at the latest. */
const patience = 30_000

/** The index is not this store's any more: somebody removed it, or an import. Begin anew. */
export class LostIndexError extends InspectorError {
  constructor() {
    super('index/lost', 'The search index was removed while it was built.')
  }
}

export interface BuildOptions {
  readonly reading: TextReading
  /** Names the rules by which it reads. */
  readonly rules: string
}

/** What became of a piece. `more`: there is more to read; `done`: all is in; `wait`: all is read and will be written, or somebody else builds. */
export type Outcome = 'more' | 'done' | 'wait'

/**
 * Brings the index of a store up to date: writes what the records past its watermark say, in transactions of its own. Killed
 * at any moment it goes on from the last one. One process at a time may build.
 */
export class IndexBuilder {
  private readonly store: Store
  private readonly options: BuildOptions
  private readonly reader: PieceReader
  private readonly db: Database.Database
  /** For whatever asks FTS5: `segments.ts` says why. */
  private asking: Database.Database | undefined
  private readonly file: string
  private readonly inode: number
  private state: IndexState
  private readonly postings = new PostingList()
  private readonly words = new WordPostings()
  private said: SaidWriter | undefined
  private readonly addCut: Database.Statement<[number]>
  private readonly addPosting: Database.Statement<[number, number, number, Buffer]>
  private readonly addRedone: Database.Statement<[number, number]>
  private readonly addOrigin: Database.Statement<[number, number, Uint8Array, number, Uint8Array]>
  private common: CommonWords | undefined
  private written = 0
  private began = 0

  constructor(store: Store, options: BuildOptions) {
    this.store = store
    this.options = options
    this.reader = new PieceReader(store, options.reading)
    this.file = indexPathOf(store.path)
    this.db = openForBuilding(this.file, store, options.rules)
    this.inode = statSync(this.file).ino
    this.state = readState(this.db) ?? emptyState(store, options.rules)
    this.addCut = this.db.prepare('INSERT INTO cut VALUES (?)')
    this.addPosting = this.db.prepare('INSERT INTO posting(segment, generation, length, data) VALUES (?, ?, ?, ?)')
    this.addRedone = this.db.prepare('INSERT OR REPLACE INTO redone VALUES (?, ?)')
    this.addOrigin = this.db.prepare('INSERT INTO origin VALUES (?, ?, ?, ?, ?)')
  }

  /** Where reading goes on. */
  get watermark(): Watermark {
    return { record: this.state.record, texts: this.state.texts }
  }

  /** Runs of base64 and the like that were left out of texts. */
  get blobs(): number {
    return this.state.blobs
  }

  /** Records that are in, of how many. */
  progress(): { readonly done: number; readonly all: number } {
    const all = this.store.statement<[], { n: number }>('SELECT ifnull(max(id), 0) AS n FROM span').get()!.n
    return { done: Math.min(this.state.record, all), all }
  }

  /** Reads a piece and takes it. */
  step(): Outcome {
    return this.prepare() ? this.take(this.reader.after(this.watermark)) : 'wait'
  }

  /**
   * Before a piece is read: false where somebody else builds. Throws `LostIndexError` where all of it is to be done again,
   * `DamagedIndexError` where the file must go first; so does `take`.
   */
  prepare(): boolean {
    return this.orBack(() => {
      this.mustBeOurs()
      return this.db.inTransaction || !this.hasMore() || ofIndex(() => this.begin())
    })
  }

  /** Writes the piece after its watermark; undefined where there is none. */
  take(piece: Piece | undefined): Outcome {
    return this.orBack(() => {
      this.mustBeOurs()
      // It was read for another state.
      if (piece && (!this.db.inTransaction || !isSame(piece.after, this.watermark))) return 'more'
      if (piece) ofIndex(() => this.write(piece))
      return this.commitWhenDue(piece?.isLast ?? true)
    })
  }

  private commitWhenDue(isLast: boolean): Outcome {
    const isDue = Date.now() - this.began > patience || !isBeingWritten(this.store)
    if (this.db.inTransaction && (this.written >= textsPerTransaction || (isLast && isDue)))
      ofIndex(() => this.commit())
    return isLast ? (this.db.inTransaction ? 'wait' : 'done') : 'more'
  }

  /** What makes questions faster once all is in, a little at a time. Answers whether there is more of it. */
  tidy(): boolean {
    if (this.db.inTransaction || this.state.common === this.state.generation) return false
    const db = this.askingDb()
    const step = db.transaction(() => {
      if (readState(db)?.generation !== this.state.generation) return false
      if (mergeSegments(db)) return true
      this.common ??= new CommonWords(db, this.state)
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
    this.abandon()
  }

  /** Lets go of what it holds without writing: closing takes back what was begun. */
  abandon(): void {
    this.asking?.close()
    this.db.close()
  }

  /** Goes back to what was committed where that fails. */
  private orBack<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      const state = ofIndex(() => {
        if (this.db.inTransaction) this.db.exec('ROLLBACK')
        return readState(this.db)
      })
      this.state = state ?? emptyState(this.store, this.options.rules)
      this.postings.takeColumns()
      this.words.clear()
      throw error
    }
  }

  private askingDb(): Database.Database {
    return (this.asking ??= openPrepared(this.file))
  }

  private mustBeOurs(): void {
    const isThere = statSync(this.file, { throwIfNoEntry: false })?.ino === this.inode
    if (!isThere || !this.store.snapshot(() => isOf(this.state, this.store, this.options.rules)))
      throw new LostIndexError()
  }

  private hasMore(): boolean {
    const { record } = this.state
    const text = 'SELECT EXISTS(SELECT 1 FROM span WHERE id > ?) OR EXISTS(SELECT 1 FROM extra WHERE id > ?) AS found'
    return this.store.statement<[number, number], { found: number }>(text).get(record, record)!.found === 1
  }

  /** False while another process writes. What it wrote is ours to go on from. */
  private begin(): boolean {
    try {
      mergeCrowd(this.askingDb())
      this.db.exec('BEGIN IMMEDIATE')
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
      throw error
    }
    this.state = readState(this.db) ?? this.state
    this.common = undefined
    this.began = Date.now()
    this.written = 0
    this.state = { ...this.state, generation: this.state.generation + 1 }
    this.said = new SaidWriter(this.db)
    return true
  }

  private write({ until, stands, again, words, wordEnds, cut, origins, postings, said, blobs }: Piece): void {
    if (again.length > 0) this.redo(again)
    this.words.add(this.state.texts + 1, words, wordEnds)
    if (this.words.size > mostWords) this.writeWords()
    for (const text of cut) this.addCut.run(text)
    for (const { first, n, origins: places, length, data } of origins)
      this.addOrigin.run(first, n, places, length, data)
    this.postings.addAll(postings)
    this.said!.write(said)
    this.written += words.length
    this.state = { ...this.state, ...until, ...stands, blobs: this.state.blobs + blobs }
  }

  /** What is known of these spans no longer holds: they have gained records. */
  private redo(spans: readonly number[]): void {
    this.writePostings()
    const generation = this.state.generation + 1
    this.state = { ...this.state, generation }
    for (const span of spans) this.addRedone.run(span, generation)
  }

  private writePostings(): void {
    for (const { segment, data } of this.postings.take())
      this.addPosting.run(segment, this.state.generation, data.length, compress(data, recordPacking))
  }

  private writeWords(): void {
    if (this.words.count === 0) return
    const terms = new TermWriter(this.db)
    addSegment(this.db, this.words, (letters, texts) => terms.put(letters, texts))
    terms.end()
    this.words.clear()
  }

  private commit(): void {
    this.writeWords()
    this.writePostings()
    writeState(this.db, this.state)
    this.db.exec('COMMIT')
    this.db.pragma('wal_checkpoint(TRUNCATE)')
    this.written = 0
  }
}

/** An index that is damaged, of something else or out of date gives way to an empty one. */
function openForBuilding(file: string, store: Store, rules: string): Database.Database {
  removeUnfinished(file)
  const found = openIfOurs(file, store, rules)
  if (found) return found
  createIndexFile(file)
  const db = openPrepared(file)
  writeState(db, emptyState(store, rules))
  return db
}

function openPrepared(file: string): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout })
  prepare(db)
  return db
}

function openIfOurs(file: string, store: Store, rules: string): Database.Database | undefined {
  let db: Database.Database | undefined
  try {
    db = openPrepared(file)
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
  db.pragma('cache_size = -32768')
  db.pragma('temp_store = MEMORY')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
}
