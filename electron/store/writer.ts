import type { Batch } from './batch.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { BatchReader, type SpansSeen } from './batch-reader.ts'
import { ConflictLog, type Conflicts } from './conflicts.ts'
import { guarded, storeError } from './errors.ts'
import { keepNotes } from './given-notes.ts'
import { Names, Labels, Traits } from './interned.ts'
import { KeptReader } from './kept.ts'
import { Lease } from './lease.ts'
import type { MergeTools } from './merge.ts'
import type { Store } from './open.ts'
import { deriveDirty } from './stored-trace.ts'
import { endInterrupted } from './recover.ts'
import { findRepeat, type FileIdentity, type Repeat } from './repeats.ts'
import type { Reread } from './reread.ts'
import { Counter } from './tally.ts'
import type { Tally } from './tally.ts'

export interface Finished {
  readonly files: readonly (Tally & Conflicts)[]
  readonly totals: Tally
}

export interface WriterOptions {
  readonly reread: Reread
  /** Smaller for tests: a trace then comes in parts. */
  readonly spansPerTransaction?: number
}

/** A transaction ends with the first batch that passes one of these. A kill costs at most what lies between two. */
const fullTransaction = 100_000
/** Writing a second of spans takes 0.4 s, and the last time nothing else happens meanwhile: 1 GB took 3.8 s, now 3.2. */
const millisecondsPerTransaction = 400
/**
 * The last are shorter, each half of what is left of the files: what is written once all is read, a person waits for. 1 GB
 * took 0.15 s more.
 */
const millisecondsOfLast = 100
/** The first is short: somebody waits to see whether it works. */
const millisecondsOfFirst = 200
const bytesPerTransaction = 64 << 20

/**
 * Writes one import into a store: `beginImport`, for each file `beginFile`, batches, `endFile`, then `finish`. Batches are
 * never split: a store holds all of a batch or nothing of it, whenever the process dies. After an error only `abort` may
 * follow, which ends the import as partial with what was committed.
 */
export class StoreWriter {
  private readonly store: Store
  private readonly tools: MergeTools
  private conflicts: ConflictLog | undefined
  private readonly lease: Lease
  private readonly spansPerTransaction: number
  private reader: BatchReader | undefined
  private importId = 0
  private firstRecord = 1
  private files: { id: number; bytes: number; counter: Counter }[] = []
  private totals = new Counter(1)
  private current = -1
  /** The file that was begun last. */
  private begun = -1
  private consumed = 0
  /** Bytes of files that are over, and how many had been read when the transaction began. */
  private passed = 0
  private readBefore = 0
  private began = 0
  private bytes = 0
  private unreadable = 0
  private committed = false
  private failed = false

  constructor(store: Store, options: WriterOptions) {
    store.mustBeWritable()
    this.store = store
    this.spansPerTransaction = options.spansPerTransaction ?? fullTransaction
    this.lease = new Lease(store)
    const names = new Names(store)
    this.tools = {
      reread: options.reread,
      kept: new KeptReader(store),
      names,
      labels: new Labels(store),
      traits: new Traits(store),
      merged: (records, reading) => this.conflicts?.saw(records, reading),
    }
  }

  /**
   * The bodies the store has, and the id of the next one: what a parser needs to recognise repeats. From here on nobody
   * else may write, so follow up with `beginImport` or `abort`.
   */
  seed(): { bodyIds: Uint32Array; bodyHashes: Uint8Array; nextBody: number } {
    return guarded(this.store.path, () => {
      this.store.db.transaction(() => this.lease.take()).immediate()
      const store = this.store.behind?.store ?? this.store
      const { all } = store.query<[], { all: number }>('body-count').get()!
      const ids = new Uint32Array(all)
      const hashes = new Uint8Array(16 * all)
      let found = 0
      let nextBody = 1
      for (const block of store.query<[], { first: number; n: number; hashes: Buffer }>('body-hashes').iterate()) {
        for (let k = 0; k < block.n && found < all; k++) {
          const hash = block.hashes.subarray(16 * k, 16 * k + 16)
          if (hash.length < 16 || isZero(hash)) continue
          ids[found] = block.first + k
          hashes.set(hash, 16 * found++)
        }
        nextBody = block.first + block.n
      }
      return { bodyIds: ids.subarray(0, found), bodyHashes: hashes.subarray(0, 16 * found), nextBody }
    })
  }

  /** Takes over what a killed import left behind, and opens a new one. Throws `store/locked` while another is running. */
  beginImport(files: readonly { readonly path: string; readonly bytes: number }[]): number {
    return guarded(this.store.path, () => {
      const { store } = this
      store.db
        .transaction(() => {
          this.lease.take()
          endInterrupted(store)
          this.importId = Number(store.query<[number], unknown>('import-add').run(Date.now()).lastInsertRowid)
          this.firstRecord = store.behind?.nextRecord ?? store.query<[], { next: number }>('next-record').get()!.next
          this.totals = new Counter(this.firstRecord)
          this.files = files.map(({ path, bytes }) => {
            const { lastInsertRowid } = store
              .query<[number, string, number], unknown>('file-add')
              .run(this.importId, path, bytes)
            return { id: Number(lastInsertRowid), bytes, counter: new Counter(this.firstRecord) }
          })
        })
        .immediate()
      this.reader = new BatchReader(store, this.tools, this.firstRecord)
      deriveDirty(store, this.tools, () => this.lease.keep())
      // What was due before this import is none of its doing.
      this.conflicts = new ConflictLog(this.tools.reread, this.firstRecord, record =>
        this.files.findLastIndex(({ counter }, file) => file <= this.begun && counter.first <= record),
      )
      return this.importId
    })
  }

  beginFile(index: number): void {
    this.step(reader => {
      const file = this.files[index]
      if (!file) throw new RangeError(`this import has no file ${index}`)
      this.current = this.begun = index
      this.consumed = 0
      file.counter = new Counter(reader.nextRecord)
      reader.sharing = false
    })
  }

  /** What an earlier import has of a file that is the same to read. */
  findRepeat(bytes: number, identity: FileIdentity): Repeat | undefined {
    return this.step(() => findRepeat(this.store, bytes, identity, this.firstRecord))
  }

  /** In place of all batches of a file. */
  repeat(repeat: Repeat, bytes: number): void {
    this.step(reader => {
      const file = this.files[this.current]
      if (!file) throw new RangeError('beginFile comes before what is in it')
      if (!this.store.db.inTransaction) this.begin()
      reader.repeat(repeat, file.id, [file.counter, this.totals])
      this.consumed = bytes
      this.unreadable += repeat.receipt.unreadableCount
    })
  }

  /** Answers which spans the records belong to: see `SpansSeen`. */
  write(batch: Batch): SpansSeen {
    return this.step(reader => {
      const file = this.files[this.current]
      if (!file) throw new RangeError('beginFile comes before the first batch')
      if (!this.store.db.inTransaction) this.begin()
      if (batch.notes) keepNotes(this.store, batch.notes)
      const seen = reader.read(batch, file.id, [file.counter, this.totals])
      this.consumed = batch.consumed
      this.unreadable += batch.unreadableCount
      this.bytes += batch.texts.length + batch.bodies.length
      const isFull = reader.pending.spans.count >= this.spansPerTransaction || this.bytes >= bytesPerTransaction
      if (isFull || Date.now() - this.began >= this.longest()) this.commit(reader)
      return seen
    })
  }

  /** With an identity where the file was read to its end: it is not read again when it comes again. */
  endFile(read?: { readonly identity: FileIdentity; readonly key: string }): void {
    this.step(reader => {
      const file = this.files[this.current]
      this.closeFile(reader)
      if (!file || !read || reader.sharing) return
      if (!this.store.db.inTransaction) this.begin()
      const { hash, rules, mappings, alone } = read.identity
      this.store.query<[string], unknown>('file-key-set').run(read.key)
      const remember = this.store.query<[Uint8Array, string, string, number, number], unknown>('file-read')
      remember.run(hash, rules, mappings, Number(alone), file.id)
    })
  }

  /** Settles traces that came in parts, counts, and makes the store one file again. */
  finish(state: 'complete' | 'partial'): Finished {
    return this.step(reader => {
      this.closeFile(reader)
      if (this.store.db.inTransaction) this.commit(reader)
      return this.end(state)
    })
  }

  /** Keeps what was committed. Does what the disk allows; what stays due is done when the next import begins. */
  abort(): Finished {
    this.rollback()
    this.current = -1
    for (const work of [
      () => this.setState('partial', this.count().totals),
      () => this.settle(),
      () => this.lease.release(),
    ]) {
      try {
        work()
      } catch {
        // The disk is still full, or the lease is lost.
      }
    }
    return this.count()
  }

  saveReceipt(importId: number, receipt: ImportReceipt): void {
    const save = this.store.query<[string, number, number], unknown>('import-receipt')
    guarded(this.store.path, () => save.run(JSON.stringify(receipt), receipt.totals.unreadable, importId))
  }

  /** Milliseconds that this transaction may take. */
  private longest(): number {
    if (!this.committed) return millisecondsOfFirst
    const read = this.passed + this.consumed
    const left = this.files.reduce((sum, { bytes }) => sum + bytes, 0) - read
    return left >= 0 && read - this.readBefore >= left ? millisecondsOfLast : millisecondsPerTransaction
  }

  private begin(): void {
    this.store.db.exec('BEGIN IMMEDIATE')
    this.began = Date.now()
    this.readBefore = this.passed + this.consumed
    this.bytes = 0
    this.lease.keep()
  }

  private commit(reader: BatchReader): void {
    const { store } = this
    const file = this.files[this.current]
    reader.endSection(this.importId)
    reader.flush()
    if (file) store.query<[number, number], unknown>('file-consumed').run(this.consumed, file.id)
    const records = reader.nextRecord - this.firstRecord
    store.query<number[], unknown>('import-progress').run(records, this.totals.traces, this.unreadable, this.importId)
    store.db.exec('COMMIT')
    this.committed = true
    for (const { counter } of this.files) counter.commit()
    this.totals.commit()
  }

  private closeFile(reader: BatchReader): void {
    const file = this.files[this.current]
    if (!file) return
    file.counter.close(reader.nextRecord)
    const { consumed } = this
    this.current = -1
    this.passed += file.bytes
    this.consumed = 0
    if (!this.store.db.inTransaction) return
    reader.endSection(this.importId)
    this.store.query<[number, number], unknown>('file-consumed').run(consumed, file.id)
  }

  private end(state: 'complete' | 'partial'): Finished {
    this.settle()
    const finished = this.count()
    this.store.db
      .transaction(() => {
        this.setState(state, finished.totals)
        this.lease.release()
      })
      .immediate()
    this.store.checkpoint()
    return finished
  }

  private settle(): void {
    deriveDirty(this.store, this.reader?.tools ?? this.tools, () => this.lease.keep())
  }

  private setState(state: 'complete' | 'partial', { spans, traces }: Tally): void {
    this.lease.keep()
    const end = this.store.query<(string | number)[], unknown>('import-end')
    end.run(state, spans, traces, this.unreadable, this.importId)
  }

  private count(): Finished {
    const { store } = this
    return store.snapshot(() => {
      const tallies = this.files.map(({ counter }) => counter.tally(store))
      const files = tallies.map((tally, i) => ({ ...tally, ...(this.conflicts?.of(i) ?? noConflicts) }))
      const [only, another] = tallies
      return { files, totals: only && !another ? only : this.totals.tally(store) }
    })
  }

  /** A batch that failed half-way must not be committed by what comes next. */
  private step<T>(work: (reader: BatchReader) => T): T {
    if (!this.reader || this.failed)
      throw new Error(this.failed ? 'only abort may follow a failure' : 'beginImport comes first')
    try {
      return work(this.reader)
    } catch (error) {
      this.rollback()
      throw storeError(error, this.store.path)
    }
  }

  private rollback(): void {
    this.failed = true
    // SQLite has rolled back by itself when the disk was full.
    if (this.store.db.inTransaction) this.store.db.exec('ROLLBACK')
    for (const { counter } of this.files) counter.rollback()
    this.totals.rollback()
  }
}

const noConflicts: Conflicts = { conflicts: [], conflictCount: 0 }

function isZero(hash: Uint8Array): boolean {
  return hash.every(byte => byte === 0)
}
