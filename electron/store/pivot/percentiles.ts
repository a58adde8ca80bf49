import { sortedBy } from '../lists/order.ts'
import { bitsOf, count as countIn, placesOf } from '../table/bytes.ts'
import { followerKey, keptFollower } from '../table/kept-columns.ts'
import type { Table } from '../table/table.ts'
import { factsOf } from '../table/column-facts.ts'
import type { Groups } from './groups.ts'
import { countsOf } from './sums.ts'

/** Entries of groups, each group's together and smallest number first. What is kept makes percentiles of any filter one pass. */
interface InGroups {
  /** Where each group begins, and where the last one ends. */
  readonly first: Uint32Array
  readonly entries: Uint32Array
}

/** A number of each call: few are looked up where their order is known. */
export interface Ranked {
  readonly key: string
  /** How many calls there are. */
  readonly count: number
  readonly at: (call: number) => number
  /** NaN is unknown. */
  readonly all: () => Float64Array
}

/**
 * Percentiles of each group by nearest rank: a number that some call really has, as `is:slow` compares.
 * `isIn` tells which calls are looked at, undefined all. NaN where nobody knows. Exact, however many calls.
 */
export function percentilesOf(
  table: Table,
  groups: Groups,
  column: Ranked,
  isIn: Uint8Array | undefined,
  shares: readonly number[],
): Float64Array[] {
  const make = () => inGroups(table, groups, column)
  const { first, entries } = groups.key === undefined ? make() : table.derived(`${groups.key} by ${column.key}`, make)
  const { at } = column
  const { calls, size } = groups
  const found = shares.map(() => new Float64Array(size).fill(Number.NaN))
  if (!isIn) {
    for (let g = 0; g < size; g++) {
      const [from, count] = [first[g]!, first[g + 1]! - first[g]!]
      if (count === 0) continue
      for (const [s, share] of shares.entries()) {
        const entry = entries[from + rankOf(count, share)]!
        found[s]![g] = at(calls ? calls[entry]! : entry)
      }
    }
    return found
  }
  const bits = bitsIn(isIn)
  if (size === 1 && !calls) {
    const count = countIn(isIn) - countAt(notInOrder(table, column), isIn)
    return ofOneGroup(entries, count, at, bits, shares)
  }
  const kept = roomFor(entries.length)
  for (let g = 0; g < size; g++) {
    const count = calls
      ? keepCalls(kept, entries, first[g]!, first[g + 1]!, calls, bits)
      : keepEntries(kept, entries, first[g]!, first[g + 1]!, bits)
    if (count === 0) continue
    for (const [s, share] of shares.entries()) found[s]![g] = at(kept[rankOf(count, share)]!)
  }
  return found
}

/** Those that are looked at, in their order; how many. `bits`: which calls are looked at, each asked for far from the last. */
function keepEntries(kept: Uint32Array, entries: Uint32Array, from: number, to: number, bits: Uint32Array): number {
  let count = 0
  for (let n = from; n < to; n++) {
    const call = entries[n]!
    kept[count] = call
    count += (bits[call >>> 5]! >>> (call & 31)) & 1
  }
  return count
}

function keepCalls(
  kept: Uint32Array,
  entries: Uint32Array,
  from: number,
  to: number,
  calls: Uint32Array,
  bits: Uint32Array,
): number {
  let count = 0
  for (let n = from; n < to; n++) {
    const call = calls[entries[n]!]!
    kept[count] = call
    count += (bits[call >>> 5]! >>> (call & 31)) & 1
  }
  return count
}

/** Of all calls together: as far as the nearer end is from the place. `count`: how many are looked at and known. */
function ofOneGroup(
  order: Uint32Array,
  count: number,
  at: (call: number) => number,
  bits: Uint32Array,
  shares: readonly number[],
): Float64Array[] {
  return shares.map(share => {
    if (count === 0) return Float64Array.of(Number.NaN)
    const rank = rankOf(count, share)
    const n = rank * 2 < count ? fromFront(order, bits, rank + 1) : fromBack(order, bits, count - rank)
    return Float64Array.of(at(order[n]!))
  })
}

function countAt(calls: Uint32Array, isIn: Uint8Array): number {
  let count = 0
  for (let n = 0; n < calls.length; n++) count += isIn[calls[n]!]!
  return count
}

const known = new WeakMap<Uint8Array, Uint32Array>()

/** Made once a question: the groups and all calls together are asked for. */
function bitsIn(isIn: Uint8Array): Uint32Array {
  let bits = known.get(isIn)
  if (!bits) known.set(isIn, (bits = bitsOf(isIn)))
  return bits
}

/** Where so many of those that are looked at have passed. */
function fromFront(order: Uint32Array, bits: Uint32Array, many: number): number {
  let n = -1
  for (let left = many; left > 0;) left -= (bits[order[++n]! >>> 5]! >>> (order[n]! & 31)) & 1
  return n
}

function fromBack(order: Uint32Array, bits: Uint32Array, many: number): number {
  let n = order.length
  for (let left = many; left > 0;) left -= (bits[order[--n]! >>> 5]! >>> (order[n]! & 31)) & 1
  return n
}

/** Room that every question uses again: only what was just put there is read. */
let room = new Uint32Array(0)

function roomFor(length: number): Uint32Array {
  if (room.length < length) room = new Uint32Array(length)
  return room
}

/** Place by nearest rank; in hundredths, so that no fraction is rounded up: 95 of 100, not 0.95 of 1. */
export function rankOf(count: number, share: number): number {
  return Math.max(0, Math.ceil((count * share) / 100) - 1)
}

function inGroups(table: Table, { of, calls, size }: Groups, column: Ranked): InGroups {
  const order = inOrder(table, column)
  if (size === 1 && !calls) return { first: Uint32Array.of(0, order.length), entries: order }
  const unknown = notInOrder(table, column)
  const count = order.length + unknown.length
  // Entries of a call stand side by side.
  const begin = calls && firstEntries(calls, count)
  const first = new Uint32Array(size + 1)
  first.set(countsOf({ of, calls, size }), 1)
  for (let n = 0; n < unknown.length; n++) {
    const call = unknown[n]!
    if (!begin) first[of[call]! + 1]!--
    else for (let e = begin[call]!; e < begin[call + 1]!; e++) first[of[e]! + 1]!--
  }
  for (let g = 0; g < size; g++) first[g + 1]! += first[g]!
  const entries = new Uint32Array(first[size]!)
  // Groups are looked up here and there: the less memory they take, the more of them the processor holds.
  if (!begin) place(entries, first.slice(), size <= 1 << 16 ? new Uint16Array(of) : of, order)
  else placeEntries(entries, first.slice(), of, order, begin)
  return { first, entries }
}

/** Where the entries of each call begin, and where those of the last one end. */
function firstEntries(calls: Uint32Array, count: number): Uint32Array {
  const begin = new Uint32Array(count + 1)
  for (let e = 0; e < calls.length; e++) begin[calls[e]! + 1]!++
  for (let i = 0; i < count; i++) begin[i + 1]! += begin[i]!
  return begin
}

/** Each behind those of its group before it. */
function place(entries: Uint32Array, next: Uint32Array, of: Uint16Array | Uint32Array, order: Uint32Array): void {
  for (let n = 0; n < order.length; n++) {
    const entry = order[n]!
    entries[next[of[entry]!]!++] = entry
  }
}

function placeEntries(
  entries: Uint32Array,
  next: Uint32Array,
  of: Uint32Array,
  order: Uint32Array,
  begin: Uint32Array,
): void {
  for (let n = 0; n < order.length; n++) {
    const call = order[n]!
    for (let e = begin[call]!; e < begin[call + 1]!; e++) entries[next[of[e]!]!++] = e
  }
}

/** Calls whose number is known, smallest first: as kept beside the store, else sorted. */
function inOrder(table: Table, { key, all }: Ranked): Uint32Array {
  const name = `order ${key}` as const
  return table.derived(followerKey(name), () => keptFollower(table, name) ?? knownInOrder(all()))
}

function knownInOrder(numbers: Float64Array): Uint32Array {
  return sortedBy(numbers, false).slice(0, numbers.length - factsOf(numbers).unknown)
}

/** Calls whose number nobody knows, ascending. Where there is an order, no number is looked at. */
export function notInOrder(table: Table, column: Ranked): Uint32Array {
  const { key, count, all } = column
  return table.derived(`pivot unknown ${key}`, () => {
    const isKept =
      table.known(followerKey(`order ${key}`)) || table.parts.kept?.followers.some(one => one === `order ${key}`)
    return placesOf(isKept ? outside(inOrder(table, column), count) : unknownIn(all()))
  })
}

/** 1 for those that are not among these. */
function outside(order: Uint32Array, count: number): Uint8Array {
  const found = new Uint8Array(count).fill(1)
  for (let n = 0; n < order.length; n++) found[order[n]!] = 0
  return found
}

function unknownIn(numbers: Float64Array): Uint8Array {
  const found = new Uint8Array(numbers.length)
  for (let i = 0; i < numbers.length; i++) found[i] = Number(Number.isNaN(numbers[i]!))
  return found
}
