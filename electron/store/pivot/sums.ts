import { factsOf, type ColumnFacts } from '../table/column-facts.ts'
import type { Groups } from './groups.ts'
import { count } from '../table/bytes.ts'
import type { Wholes } from './calls.ts'

/** The entries that are looked at: group and call of each. */
export interface Entries {
  readonly of: Uint32Array
  /** Undefined: the entries are the calls. */
  readonly calls: Uint32Array | undefined
  readonly size: number
}

/** Those of the calls whose byte is `wanted`; `isIn` undefined: all. */
export function entriesOf({ of, calls, size }: Groups, isIn: Uint8Array | undefined, wanted: 0 | 1 = 1): Entries {
  if (!isIn) return { of, calls, size }
  const length = calls ? of.length : wanted === 1 ? count(isIn) : isIn.length - count(isIn)
  // One more is written behind them.
  const chosen = { of: new Uint32Array(length + 1), calls: new Uint32Array(length + 1) }
  const n = calls ? chooseEntries(chosen, of, calls, isIn, wanted) : chooseCalls(chosen, of, isIn, wanted)
  return { of: chosen.of.subarray(0, n), calls: chosen.calls.subarray(0, n), size }
}

type Chosen = { readonly of: Uint32Array; readonly calls: Uint32Array }

function chooseCalls(chosen: Chosen, of: Uint32Array, isIn: Uint8Array, wanted: 0 | 1): number {
  const { of: groups, calls } = chosen
  const other = 1 - wanted
  let n = 0
  for (let e = 0; e < of.length; e++) {
    groups[n] = of[e]!
    calls[n] = e
    n += isIn[e]! ^ other
  }
  return n
}

function chooseEntries(chosen: Chosen, of: Uint32Array, calls: Uint32Array, isIn: Uint8Array, wanted: 0 | 1): number {
  const { of: groups, calls: own } = chosen
  const other = 1 - wanted
  let n = 0
  for (let e = 0; e < of.length; e++) {
    const call = calls[e]!
    groups[n] = of[e]!
    own[n] = call
    n += isIn[call]! ^ other
  }
  return n
}

/** By the groups of entries: those of all calls are asked for with every question. */
const counted = new WeakMap<Uint32Array, Float64Array>()

export function countsOf({ of, size }: Entries): Float64Array {
  const found = counted.get(of)
  if (found) return found
  const counts = new Uint32Array(size)
  for (let e = 0; e < of.length; e++) counts[of[e]!]!++
  const made = new Float64Array(counts)
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
  const sums = new Float64Array(size)
  const { unknown } = factsOf(numbers)
  if (unknown === 0 && !calls) {
    addAll(sums, of, numbers)
    return { sums: nanWhere(sums, countsOf(entries)), known: countsOf(entries) }
  }
  const known = new Uint32Array(size)
  if (unknown === numbers.length) return { sums: sums.fill(Number.NaN), known: new Float64Array(size) }
  if (calls) addOfCalls(sums, known, of, calls, numbers)
  else addKnown(sums, known, of, numbers)
  const told = new Float64Array(known)
  return { sums: nanWhere(sums, told), known: told }
}

/** As many columns as one pass adds up: those of most tables. */
const atOnce = 5
/** Of fewer each has its own pass. */
const fewest = 3

/** The same of several columns: groups and calls of entries are read once, and sums of a group stand side by side. */
export function sumsOfSeveral(entries: Entries, columns: readonly Float64Array[]): Sums[] {
  if (columns.length > atOnce)
    return [...sumsOfSeveral(entries, columns.slice(0, atOnce)), ...sumsOfSeveral(entries, columns.slice(atOnce))]
  const { size, of } = entries
  // Of many groups with few calls each, going through what every group knows takes longer.
  if (columns.length < fewest || size << atOnce > of.length) return columns.map(column => sumsOf(entries, column))
  const sums = new Float64Array(size * stride)
  const patterns = new Uint32Array(size * 2 ** atOnce)
  const padded = Array.from({ length: atOnce }, (_, c) => columns[c] ?? columns[0]!)
  addFive(sums, patterns, entries, padded)
  return columns.map((_, c) => {
    const known = new Float64Array(size)
    for (let at = 0; at < patterns.length; at++) if ((at >>> c) & 1) known[at >>> atOnce]! += patterns[at]!
    return {
      sums: nanWhere(
        known.map((__, g) => sums[g * stride + c]!),
        known,
      ),
      known,
    }
  })
}

/** Sums of a group lie in one line of the processor's memory. */
const stride = 8

/** `patterns`: how many calls of each group know which of the columns, a bit each. */
function addFive(
  sums: Float64Array,
  patterns: Uint32Array,
  { of, calls }: Entries,
  [first, second, third, fourth, fifth]: readonly Float64Array[],
): void {
  const [a, b, c, d, e] = [first!, second!, third!, fourth!, fifth!]
  const isAll = calls === undefined
  const callOf = calls ?? of
  for (let n = 0; n < of.length; n++) {
    const group = of[n]!
    const call = isAll ? n : callOf[n]!
    const at = group * stride
    const inA = a[call]!
    const inB = b[call]!
    const inC = c[call]!
    const inD = d[call]!
    const inE = e[call]!
    // NaN is not itself.
    sums[at]! += inA === inA ? inA : 0
    sums[at + 1]! += inB === inB ? inB : 0
    sums[at + 2]! += inC === inC ? inC : 0
    sums[at + 3]! += inD === inD ? inD : 0
    sums[at + 4]! += inE === inE ? inE : 0
    const pattern =
      Number(inA === inA) |
      (Number(inB === inB) << 1) |
      (Number(inC === inC) << 2) |
      (Number(inD === inD) << 3) |
      (Number(inE === inE) << 4)
    patterns[(group << atOnce) + pattern]!++
  }
}

/** What is left of sums of whole numbers when those of some of the same calls are taken away. */
export function without(all: Sums, some: Sums): Sums {
  const known = all.known.map((calls, g) => calls - some.known[g]!)
  return {
    sums: nanWhere(
      all.sums.map((sum, g) => sum - (some.sums[g]! || 0)),
      known,
    ),
    known,
  }
}

// Loops of one sort each, in functions of their own: asking for every entry what holds of all of them takes longer than adding.

function addAll(sums: Float64Array, of: Uint32Array, numbers: Float64Array): void {
  for (let e = 0; e < of.length; e++) sums[of[e]!]! += numbers[e]!
}

// Without a branch, of which processors would foresee every other wrongly where half of the calls do not know.

function addKnown(sums: Float64Array, known: Uint32Array, of: Uint32Array, numbers: Float64Array): void {
  for (let e = 0; e < of.length; e++) {
    const number = numbers[e]!
    const group = of[e]!
    // NaN is not itself.
    sums[group]! += number === number ? number : 0
    known[group]! += Number(number === number)
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
    const group = of[e]!
    sums[group]! += number === number ? number : 0
    known[group]! += Number(number === number)
  }
}

/** What no call of a group knows is unknown. */
export function nanWhere(sums: Float64Array, known: Float64Array): Float64Array {
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

/** Whether sums of so many of these numbers, were added without rounding. */
export function isExact({ largest, whole }: ColumnFacts, known: number): boolean {
  return whole && largest * known <= Number.MAX_SAFE_INTEGER
}

/** How many calls carry the flag. */
export function flagsOf({ of, calls, size }: Entries, flags: Uint8Array): Float64Array {
  const counts = new Float64Array(size)
  for (let e = 0; e < of.length; e++) counts[of[e]!]! += flags[calls ? calls[e]! : e]!
  return counts
}

/** How many different traces, or sessions, of which some call holds each group has; with `numbers` what these add up to. */
export function distinctOf(
  { of, calls, size }: Entries,
  { of: wholeOf, order }: Wholes,
  holds: (call: number) => boolean,
  numbers?: Float64Array,
): Float64Array {
  const counts = new Float64Array(size)
  const latest = new Int32Array(size).fill(-1)
  const look = (entry: number, call: number): void => {
    const whole = wholeOf[call]!
    const group = of[entry]!
    if (whole < 0 || latest[group] === whole || !holds(call)) return
    latest[group] = whole
    counts[group]! += numbers ? numbers[whole]! : 1
  }
  if (!order) for (let e = 0; e < of.length; e++) look(e, calls ? calls[e]! : e)
  else if (!calls) for (let n = 0; n < order.length; n++) look(order[n]!, order[n]!)
  else {
    const begin = new Uint32Array(wholeOf.length + 1)
    for (let e = 0; e < calls.length; e++) begin[calls[e]! + 1]!++
    for (let i = 0; i < wholeOf.length; i++) begin[i + 1]! += begin[i]!
    for (let n = 0; n < order.length; n++) {
      const call = order[n]!
      for (let e = begin[call]!; e < begin[call + 1]!; e++) look(e, call)
    }
  }
  return counts
}

/** Half of what a double counts exactly: no single number is larger than the rest of it. */
const full = 2 ** 52

/** Sums of whole numbers as large as they get. */
export function exactSumsOf({ of, calls, size }: Entries, numbers: Float64Array): readonly bigint[] {
  const low = new Float64Array(size)
  const high: bigint[] = Array<bigint>(size).fill(0n)
  for (let e = 0; e < of.length; e++) {
    const number = numbers[calls ? calls[e]! : e]!
    if (number !== number) continue
    const group = of[e]!
    const sum = low[group]! + number
    if (Math.abs(sum) < full) low[group] = sum
    else {
      high[group]! += BigInt(low[group]!) + BigInt(number)
      low[group] = 0
    }
  }
  return high.map((sum, group) => sum + BigInt(low[group]!))
}
