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

export function countsOf({ of, size }: Entries): Float64Array {
  const counts = new Uint32Array(size + 1)
  for (let e = 0; e < of.length; e++) counts[of[e]!]!++
  return Float64Array.from(counts.subarray(0, size))
}

export interface Sums {
  /** NaN where no call of the group knows. */
  readonly sums: Float64Array
  /** Calls that know. */
  readonly known: Float64Array
}

/** Whole numbers are summed exactly as far as doubles reach: nine million dollars a group, or nine quadrillion tokens. */
export function sumsOf({ of, calls, size }: Entries, numbers: Float64Array): Sums {
  const sums = new Float64Array(size + 1)
  const known = new Uint32Array(size + 1)
  for (let e = 0; e < of.length; e++) {
    const number = numbers[calls ? calls[e]! : e]!
    // NaN is not itself.
    if (number !== number) continue
    const group = of[e]!
    sums[group]! += number
    known[group]!++
  }
  for (let g = 0; g < size; g++) if (known[g] === 0) sums[g] = Number.NaN
  return { sums: sums.subarray(0, size), known: Float64Array.from(known.subarray(0, size)) }
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
