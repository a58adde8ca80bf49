import { SpanBits } from '../text-index/span-bits.ts'
import { count, placesOf } from './bytes.ts'
import type { Table } from './table.ts'

/** Items by number, as whoever asks wants them. */
export interface ItemSet {
  readonly total: number
  has(item: number): boolean
  /** Their numbers, ascending. */
  numbers(): Uint32Array
  /** 1 for each that is in, 0 for each that is not. */
  readonly bytes: Uint8Array
}

export class ByteSet implements ItemSet {
  readonly bytes: Uint8Array
  readonly total: number
  private made: Uint32Array | undefined

  constructor(bytes: Uint8Array, total = count(bytes)) {
    this.bytes = bytes
    this.total = total
  }

  has(item: number): boolean {
    return this.bytes[item] === 1
  }

  /** Kept: a list, its facets and its histogram ask for them one after another. */
  numbers(): Uint32Array {
    return (this.made ??= placesOf(this.bytes))
  }
}

/**
 * The rows of spans that are given by their ids. A byte for each row of the table is made where somebody wants all of them
 * so: the first page and the total of a million spans need none.
 */
export class SpanRows implements ItemSet {
  readonly total: number
  private readonly table: Table
  private readonly spans: SpanBits
  private made: Uint8Array | undefined

  constructor(table: Table, { words }: SpanBits) {
    const living = livingSpans(table)
    this.table = table
    this.spans = new SpanBits(0)
    this.spans.words = words.slice(0, living.words.length)
    this.spans.keep(living)
    this.total = this.spans.size
  }

  has(row: number): boolean {
    const { id, alive } = this.table.layout
    return this.spans.has(id[row]!) && alive[row] === 1
  }

  numbers(): Uint32Array {
    const { id, rowOf } = this.table.layout
    // More are put into their places faster than they are sorted.
    if (this.total > id.length / 64) return placesOf(this.bytes)
    const found = new Uint32Array(this.total)
    let n = 0
    this.spans.forEach(span => (found[n++] = rowOf[span]! - 1))
    return found.sort()
  }

  get bytes(): Uint8Array {
    return (this.made ??= this.toBytes())
  }

  private toBytes(): Uint8Array {
    const { id, alive, rowOf } = this.table.layout
    const found = new Uint8Array(id.length)
    const { words } = this.spans
    if (this.total > id.length / 8) {
      // Row after row: each is looked at, none is searched for.
      for (let row = 0; row < found.length; row++)
        found[row] = (words[id[row]! >>> 5]! >>> (id[row]! & 31)) & alive[row]!
    } else this.spans.forEach(span => (found[rowOf[span]! - 1] = 1))
    return found
  }
}

/** Spans that have a row, by their ids. */
export function livingSpans(table: Table): SpanBits {
  return table.derived('living spans', () => {
    const { id, alive, rowOf } = table.layout
    const living = new SpanBits(rowOf.length)
    for (let row = 0; row < id.length; row++) if (alive[row] === 1) living.add(id[row]!)
    return living
  })
}
