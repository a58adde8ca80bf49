import { factsOf } from '../table/column-facts.ts'
import type { Groups } from './groups.ts'
import type { Wholes } from './calls.ts'

/** Groups of the entries that are looked at, with one group more for those that are not. */
export interface Entries {
  readonly of: Uint32Array
  readonly calls: Uint32Array | undefined
  readonly size: number
}

/** `isIn` by call; undefined: all. */
export function entriesOf({ of, calls, size }: Groups, isIn: Uint8Array | undefined): Entries {
  if (!isIn) return { of, calls, size }
  const made = new Uint32Array(of.length)
  if (calls) for (let e = 0; e < of.length; e++) made[e] = isIn[calls[e]!] === 1 ? of[e]! : size
  else for (let e = 0; e < of.length; e++) made[e] = isIn[e] === 1 ? of[e]! : size
  return { of: made, calls, size }
}

/** By the groups of entries: those of all calls are asked for with every question. */
const counted = new WeakMap<Uint32Array, Float64Array>()

export function countsOf({ of, size }: Entries): Float64Array {
  const found = counted.get(of)
  if (found) return found
  const counts = new Uint32Array(size + 1)
  for (let e = 0; e < of.length; e++) counts[of[e]!]!++
  const made = Float64Array.from(counts.subarray(0, size))
  counted.set(of, made)
  return made
}

export interface Sums {
  /** NaN where no call of the group knows. */
  readonly sums: Float64Array
  /** Calls that know. */
  readonly known: Float64Array
}

/** Whole numbers are summed exactly as far as doubles reach: nine million dollars a group, or nine quadrillion tokens. */
export function sumsOf(entries: Entries, numbers: Float64Array): Sums {
  const { of, calls, size } = entries
  const sums = new Float64Array(size + 1)
  const { unknown } = factsOf(numbers)
  if (unknown === 0 && !calls) {
    addAll(sums, of, numbers)
    return { sums: nanWhere(sums.subarray(0, size), countsOf(entries)), known: countsOf(entries) }
  }
  const known = new Uint32Array(size + 1)
  if (unknown === numbers.length)
    return { sums: sums.subarray(0, size).fill(Number.NaN), known: new Float64Array(size) }
  if (calls) addOfCalls(sums, known, of, calls, numbers)
  else addKnown(sums, known, of, numbers)
  const told = Float64Array.from(known.subarray(0, size))
  return { sums: nanWhere(sums.subarray(0, size), told), known: told }
}

// Loops of one sort each, in functions of their own: asking for every entry what holds of all of them takes longer than adding.

function addAll(sums: Float64Array, of: Uint32Array, numbers: Float64Array): void {
  for (let e = 0; e < of.length; e++) sums[of[e]!]! += numbers[e]!
}

function addKnown(sums: Float64Array, known: Uint32Array, of: Uint32Array, numbers: Float64Array): void {
  for (let e = 0; e < of.length; e++) {
    const number = numbers[e]!
    // NaN is not itself.
    if (number !== number) continue
    const group = of[e]!
    sums[group]! += number
    known[group]!++
  }
}

function addOfCalls(
  sums: Float64Array,
  known: Uint32Array,
  of: Uint32Array,
  calls: Uint32Array,
  numbers: Float64Array,
): void {
  for (let e = 0; e < of.length; e++) {
    const number = numbers[calls[e]!]!
    if (number !== number) continue
    const group = of[e]!
    sums[group]! += number
    known[group]!++
  }
}

/** What no call of a group knows is unknown. */
function nanWhere(sums: Float64Array, known: Float64Array): Float64Array {
  for (let g = 0; g < sums.length; g++) if (known[g] === 0) sums[g] = Number.NaN
  return sums
}

/** The same of all groups together, where no call stands in two. */
export function together({ sums, known }: Sums): Sums {
  let [sum, told] = [0, 0]
  for (let g = 0; g < sums.length; g++) {
    if (known[g] === 0) continue
    sum += sums[g]!
    told += known[g]!
  }
  return { sums: Float64Array.of(told === 0 ? Number.NaN : sum), known: Float64Array.of(told) }
}

/** Whether sums of so many of these numbers, which are whole, were added without rounding. */
export function isExact(numbers: Float64Array, known: number): boolean {
  return factsOf(numbers).largest * known <= Number.MAX_SAFE_INTEGER
}

/** How many calls carry the flag. */
export function flagsOf({ of, calls, size }: Entries, flags: Uint8Array): Float64Array {
  const counts = new Float64Array(size + 1)
  for (let e = 0; e < of.length; e++) counts[of[e]!]! += flags[calls ? calls[e]! : e]!
  return counts.subarray(0, size)
}

/** How many different traces, or sessions, of which some call holds each group has; with `numbers` what these add up to. */
export function distinctOf(
  { of, calls, size }: Entries,
  { of: wholeOf, order }: Wholes,
  holds: (call: number) => boolean,
  numbers?: Float64Array,
): Float64Array {
  const counts = new Float64Array(size + 1)
  const latest = new Int32Array(size + 1).fill(-1)
  const look = (entry: number, call: number): void => {
    const whole = wholeOf[call]!
    const group = of[entry]!
    if (whole < 0 || latest[group] === whole || !holds(call)) return
    latest[group] = whole
    counts[group]! += numbers ? numbers[whole]! : 1
  }
  if (!calls) for (let n = 0; n < order.length; n++) look(order[n]!, order[n]!)
  else {
    const begin = new Uint32Array(wholeOf.length + 1)
    for (let e = 0; e < calls.length; e++) begin[calls[e]! + 1]!++
    for (let i = 0; i < wholeOf.length; i++) begin[i + 1]! += begin[i]!
    for (let n = 0; n < order.length; n++) {
      const call = order[n]!
      for (let e = begin[call]!; e < begin[call + 1]!; e++) look(e, call)
    }
  }
  return counts.subarray(0, size)
}

/** Half of what a double counts exactly: no single number is larger than the rest of it. */
const full = 2 ** 52

/** Sums of whole numbers as large as they get. */
export function exactSumsOf({ of, calls, size }: Entries, numbers: Float64Array): readonly bigint[] {
  const low = new Float64Array(size + 1)
  const high: bigint[] = Array<bigint>(size).fill(0n)
  for (let e = 0; e < of.length; e++) {
    const number = numbers[calls ? calls[e]! : e]!
    if (number !== number) continue
    const group = of[e]!
    const sum = low[group]! + number
    if (Math.abs(sum) < full) low[group] = sum
    else {
      if (group < size) high[group]! += BigInt(low[group]!) + BigInt(number)
      low[group] = 0
    }
  }
  return high.map((sum, group) => sum + BigInt(low[group]!))
}
