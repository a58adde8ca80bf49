import { sortedBy } from '../lists/order.ts'
import type { Table } from '../table/table.ts'
import { factsOf } from './column-facts.ts'
import type { Groups } from './groups.ts'

/** Entries of groups, each group's together and smallest number first. What is kept makes percentiles of any filter one pass. */
interface InGroups {
  /** Where each group begins, and where the last one ends. */
  readonly first: Uint32Array
  readonly entries: Uint32Array
}

/**
 * Percentiles of each group by nearest rank: a number that some call really has, as `is:slow` compares. `numbers` by call;
 * `isIn` tells which calls are looked at, undefined all. NaN where nobody knows. Exact, however many calls.
 */
export function percentilesOf(
  table: Table,
  groups: Groups,
  column: { readonly key: string; readonly numbers: Float64Array },
  isIn: Uint8Array | undefined,
  shares: readonly number[],
): Float64Array[] {
  const make = () => inGroups(table, groups, column)
  const { first, entries } = groups.key === undefined ? make() : table.derived(`${groups.key} by ${column.key}`, make)
  const { numbers } = column
  const { calls, size } = groups
  const found = shares.map(() => new Float64Array(size).fill(Number.NaN))
  if (!isIn) {
    for (let g = 0; g < size; g++) {
      const [from, count] = [first[g]!, first[g + 1]! - first[g]!]
      if (count === 0) continue
      for (const [s, share] of shares.entries()) {
        const entry = entries[from + rankOf(count, share)]!
        found[s]![g] = numbers[calls ? calls[entry]! : entry]!
      }
    }
    return found
  }
  if (size === 1 && !calls) return ofOneGroup(entries, numbers, isIn, shares)
  const kept = roomFor(entries.length)
  for (let g = 0; g < size; g++) {
    const count = calls
      ? keepCalls(kept, entries, first[g]!, first[g + 1]!, calls, isIn)
      : keepEntries(kept, entries, first[g]!, first[g + 1]!, isIn)
    if (count === 0) continue
    for (const [s, share] of shares.entries()) found[s]![g] = numbers[kept[rankOf(count, share)]!]!
  }
  return found
}

/** Those that are looked at, in their order; how many. */
function keepEntries(kept: Uint32Array, entries: Uint32Array, from: number, to: number, isIn: Uint8Array): number {
  let count = 0
  for (let n = from; n < to; n++) {
    const call = entries[n]!
    kept[count] = call
    count += isIn[call]!
  }
  return count
}

function keepCalls(
  kept: Uint32Array,
  entries: Uint32Array,
  from: number,
  to: number,
  calls: Uint32Array,
  isIn: Uint8Array,
): number {
  let count = 0
  for (let n = from; n < to; n++) {
    const call = calls[entries[n]!]!
    kept[count] = call
    count += isIn[call]!
  }
  return count
}

/** Of all calls together: as far as the nearer end is from the place. */
function ofOneGroup(
  order: Uint32Array,
  numbers: Float64Array,
  isIn: Uint8Array,
  shares: readonly number[],
): Float64Array[] {
  let count = 0
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    // NaN is not itself.
    if (number === number) count += isIn[i]!
  }
  return shares.map(share => {
    if (count === 0) return Float64Array.of(Number.NaN)
    const rank = rankOf(count, share)
    const isNearFront = rank * 2 < count
    let left = isNearFront ? rank + 1 : count - rank
    let n = isNearFront ? -1 : order.length
    while (left > 0) left -= isIn[order[isNearFront ? ++n : --n]!]!
    return Float64Array.of(numbers[order[n]!]!)
  })
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

function inGroups(
  table: Table,
  { of, calls, size }: Groups,
  { key, numbers }: { readonly key: string; readonly numbers: Float64Array },
): InGroups {
  const byNumber = table.derived(`pivot order ${key}`, () => knownInOrder(numbers))
  const first = new Uint32Array(size + 1)
  if (!calls) {
    for (let n = 0; n < byNumber.length; n++) first[of[byNumber[n]!]! + 1]!++
    for (let g = 0; g < size; g++) first[g + 1]! += first[g]!
    const next = first.slice()
    const entries = new Uint32Array(byNumber.length)
    for (let n = 0; n < byNumber.length; n++) entries[next[of[byNumber[n]!]!]!++] = byNumber[n]!
    return { first, entries }
  }
  // Entries of a call stand side by side.
  const begin = new Uint32Array(numbers.length + 1)
  for (let e = 0; e < calls.length; e++) begin[calls[e]! + 1]!++
  for (let i = 0; i < numbers.length; i++) begin[i + 1]! += begin[i]!
  for (let e = 0; e < of.length; e++) if (!Number.isNaN(numbers[calls[e]!]!)) first[of[e]! + 1]!++
  for (let g = 0; g < size; g++) first[g + 1]! += first[g]!
  const next = first.slice()
  const entries = new Uint32Array(first[size]!)
  for (let n = 0; n < byNumber.length; n++) {
    const call = byNumber[n]!
    for (let e = begin[call]!; e < begin[call + 1]!; e++) entries[next[of[e]!]!++] = e
  }
  return { first, entries }
}

/** Calls whose number is known, smallest first. */
function knownInOrder(numbers: Float64Array): Uint32Array {
  return sortedBy(numbers, false).subarray(0, numbers.length - factsOf(numbers).unknown)
}
