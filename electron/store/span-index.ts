import { Columns } from './columns.ts'

const columns = { tag: Float64Array, hash: Float64Array, trace: Uint32Array, id: Uint32Array }

/**
 * Finds a span by its trace row and the 52-bit tag of its id, for the spans of this import and of traces it touches:
 * 24 bytes a span and 4 bytes a slot, where a Map of keys takes over 100. A tag is compared only within its trace, so two
 * ids of a million-span trace are mistaken for one with a chance of 1 in 10,000; then their records are merged, kept both.
 */
export class SpanIndex {
  private readonly rows = new Columns(columns, 1024)
  private slots = new Int32Array(2048).fill(-1)

  /** Row of this index, or -1. */
  find(trace: number, tag: number): number {
    const { rows, slots } = this
    const mask = slots.length - 1
    for (let slot = scatter(trace, tag) & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot]!
      if (row < 0 || (rows.at.tag[row] === tag && rows.at.trace[row] === trace)) return row
    }
  }

  /** Adds a span that is not there yet. */
  add(trace: number, tag: number, hash: number, id: number): void {
    if (this.rows.count * 5 >= this.slots.length * 3) this.widen()
    const row = this.rows.add()
    const { at } = this.rows
    at.trace[row] = trace
    at.tag[row] = tag
    at.hash[row] = hash
    at.id[row] = id
    this.place(row)
  }

  idOf(row: number): number {
    return this.rows.at.id[row]!
  }

  hashOf(row: number): number {
    return this.rows.at.hash[row]!
  }

  private place(row: number): void {
    const { slots } = this
    const { at } = this.rows
    const mask = slots.length - 1
    let slot = scatter(at.trace[row]!, at.tag[row]!) & mask
    while (slots[slot]! >= 0) slot = (slot + 1) & mask
    slots[slot] = row
  }

  private widen(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1)
    for (let row = 0; row < this.rows.count; row++) this.place(row)
  }
}

function scatter(trace: number, tag: number): number {
  const mixed = Math.imul(tag ^ Math.imul(tag / 0x1_0000_0000, 0x9e3779b1) ^ Math.imul(trace, 0x85ebca6b), 0xc2b2ae35)
  return mixed ^ (mixed >>> 15)
}
