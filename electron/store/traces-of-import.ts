import { Columns } from './columns.ts'
import type { Store } from './open.ts'
import { copyTrace } from './scratch.ts'

const shape = {
  /** Row in the store, 0 until a record of it arrives. */
  row: Uint32Array,
  /** The number itself, or that of an earlier key which the store cannot tell from this one. */
  same: Uint32Array,
  /** Number of the transaction that made it; 0 when it was there before. */
  born: Uint32Array,
  /** Number of the file that last gave a span of it. */
  file: Uint32Array,
  /** Number of the transaction that added to it last, after the one that made it. */
  grown: Uint32Array,
  /** 1 when the store knows that its order is due. */
  dirty: Uint8Array,
} as const

/** The traces an import announced, by their numbers (from 1). A row is made only when a record arrives. */
export class TracesOfImport {
  readonly at: Columns<typeof shape>['at']
  private readonly columns = new Columns(shape)
  private readonly keys: string[] = ['']
  /** Lone surrogates are stored as U+FFFD, so two such keys may become one. */
  private readonly mended = new Map<string, number>()
  /** Rows of traces that files brought which were not read, and the file that last did. */
  private readonly repeated = new Map<number, number>()
  private readonly store: Store
  private readonly whenFound: (row: number) => void
  private nextRow: number

  /** `whenFound` is told of each trace that was in the store before. */
  constructor(store: Store, whenFound: (row: number) => void) {
    this.store = store
    this.whenFound = whenFound
    this.at = this.columns.at
    this.columns.add()
    this.nextRow = store.query<[], { next: number }>('next-trace').get()!.next
    if (store.behind) this.nextRow = Math.max(this.nextRow, store.behind.nextTrace)
  }

  announce(keys: readonly string[]): void {
    for (const key of keys) {
      const number = this.columns.add()
      this.at.row[number] = 0
      this.at.same[number] = number
      this.at.born[number] = 0
      this.at.file[number] = 0
      this.at.grown[number] = 0
      this.at.dirty[number] = 0
      this.keys.push(key.toWellFormed())
    }
  }

  keyOf(number: number): string {
    return this.keys[number]!
  }

  /**
   * The number under which a trace is kept here; from then on it has a row. `transaction` is the number of the present
   * one.
   */
  resolve(number: number, transaction: number): number {
    const { at } = this
    const same = at.same[number]
    if (same === undefined || number >= this.keys.length) throw new RangeError(`trace ${number} was never announced`)
    if (at.row[same]! > 0) return same
    const key = this.keys[number]!
    if (key.includes('\uFFFD')) {
      const earlier = this.mended.get(key)
      if (earlier !== undefined) return (at.same[number] = earlier)
      this.mended.set(key, number)
    }
    const found = this.find(key)
    at.row[number] = found?.id ?? this.nextRow++
    at.born[number] = found ? 0 : transaction
    if (found) this.whenFound(found.id)
    return number
  }

  /** Notes that a file gives spans of a trace. Answers whether it is the first of the import that does. */
  seenIn(file: number, number: number): boolean {
    const { at } = this
    const isFirst = at.file[number] === 0 && !this.repeated.has(at.row[number]!)
    at.file[number] = file
    return isFirst
  }

  /** The same for traces, by their rows in the store, of a file that is not read because it came before. */
  repeat(rows: ReadonlySet<number>, file: number): { readonly ofFile: number; readonly ofAll: number } {
    const { at, columns } = this
    const announced = new Set<number>()
    for (let number = 1; number < columns.count; number++) {
      if (at.same[number] === number && at.file[number] !== 0) announced.add(at.row[number]!)
    }
    const ofFile = [...rows].filter(row => this.repeated.get(row) !== file)
    const ofAll = ofFile.filter(row => !announced.has(row) && !this.repeated.has(row))
    for (const row of ofFile) {
      this.repeated.set(row, file)
      const key = this.store.behind?.store.query<[number], { key: string }>('trace-key').get(row)?.key
      if (key !== undefined) this.find(key)
    }
    return { ofFile: ofFile.length, ofAll: ofAll.length }
  }

  private find(key: string): { id: number } | undefined {
    return this.store.query<[string], { id: number }>('trace-by-key').get(key) ?? copyTrace(this.store, key)
  }
}
