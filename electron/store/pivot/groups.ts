import { ownColumn } from '../table/derived.ts'
import type { Table } from '../table/table.ts'
import { countedCalls } from './calls.ts'
import type { Dimension } from './dimensions.ts'

/** Calls by what they say under several fields. */
export interface Groups {
  /** What follows from them is kept under this; undefined where nothing is. */
  readonly key: string | undefined
  /** Every group is less. */
  readonly size: number
  /** Group of a call; with `calls` that of an entry. */
  readonly of: Uint32Array
  /** A call that stands in several groups has several entries, side by side; undefined: the entries are the calls. */
  readonly calls: Uint32Array | undefined
  /** Code of each field of each group, field by field. */
  readonly codes: readonly Uint32Array[]
}

/** In turns; what it makes is kept with the table. `whole`: what is divided, all calls unless another is named. */
export function* groupCalls(
  table: Table,
  dimensions: readonly Dimension[],
  whole = oneGroup(table),
): Generator<void, Groups> {
  const keys = [whole.key]
  for (const { serial } of dimensions) {
    const before = keys.at(-1)
    keys.push(before !== undefined && serial > 0 ? `${before} ${serial}` : undefined)
  }
  // What groups of fewer fields are asked for with is not touched: it may go.
  const known = keys.findLastIndex(key => key !== undefined && table.known(key))
  let groups = known > 0 ? table.derived(keys[known]!, (): Groups => whole) : whole
  for (let d = Math.max(known, 0); d < dimensions.length;) {
    const before = groups
    const split = dividedAtOnce(before, dimensions.slice(d))
    d += split.length
    const key = keys[d]
    const make = (): Groups => ({ ...splitBy(before, split), key })
    groups = key === undefined ? make() : table.derived(key, make)
    yield
  }
  return groups
}

/** Fields that entries are divided by in one pass: several where there are no more groups than numbers for them. */
function dividedAtOnce({ size, calls }: Groups, dimensions: readonly Dimension[]): readonly Dimension[] {
  let [pairs, length] = [size, 0]
  for (const dimension of dimensions.slice(0, size > 1 ? atOnce - 1 : atOnce)) {
    pairs *= dimension.size
    if (dimension.parts || calls || pairs > mostPairs) break
    length++
  }
  return dimensions.slice(0, Math.max(1, length))
}

/** All calls together. */
export function oneGroup(table: Table): Groups {
  const key = 'pivot groups'
  const make = () => ({ key, size: 1, of: nothing(countedCalls(table).count), calls: undefined, codes: [] })
  return table.derived(key, make)
}

/** All spans together, by row: where others speak of calls, these are rows. */
export function oneGroupOfSpans(table: Table): Groups {
  const key = 'span groups'
  return table.derived(key, () => ({ key, size: 1, of: nothing(table.rows), calls: undefined, codes: [] }))
}

let zeros = new Uint32Array(0)

/** As many zeros; nobody writes to them. */
function nothing(length: number): Uint32Array {
  if (zeros.length < length) zeros = ownColumn(new Uint32Array(length))
  return zeros.length === length ? zeros : zeros.subarray(0, length)
}

/** Sixteen megabytes of numbers for a moment. */
const mostPairs = 1 << 22
/** As many columns as `divide` takes. */
const atOnce = 3

function splitBy(before: Groups, dimensions: readonly Dimension[]): Omit<Groups, 'key'> {
  const first = dimensions[0]!
  const sizes = [before.size, ...dimensions.map(one => one.size)]
  const size = sizes.reduce((all, one) => all * one, 1)
  if (first.parts || before.calls || size > mostPairs) return splitBySeveral(before, first)
  // Where all are one group, nothing is looked up of it.
  const columns = [...(before.size > 1 ? [{ codes: before.of, size: before.size }] : []), ...dimensions]
  const { of, origin } = divide(before.of.length, columns, size)
  const places = origin.map(number => digitsOf(number, sizes))
  return {
    size: origin.length,
    of,
    calls: undefined,
    codes: [
      ...before.codes.map(column => Uint32Array.from(places, place => column[place[0]!]!)),
      ...dimensions.map((_, d) => Uint32Array.from(places, place => place[d + 1]!)),
    ],
  }
}

/** The group of each entry by what three columns say, as they come; and what each group says, as one number. */
function divide(length: number, columns: readonly Pick<Dimension, 'codes' | 'size'>[], size: number) {
  const [a, b, c] = Array.from({ length: atOnce }, (_, n) => columns[n]?.codes ?? nothing(length))
  const [, sizeB = 1, sizeC = 1] = columns.map(one => one.size)
  const numbers = new Uint32Array(size)
  const origin: number[] = []
  const groups = new Uint32Array(length)
  fillGroups(groups, [a!, b!, c!], [sizeB, sizeC], numbers, origin)
  return { of: groups, origin }
}

function fillGroups(
  groups: Uint32Array,
  [a, b, c]: readonly [Uint32Array, Uint32Array, Uint32Array],
  [sizeB, sizeC]: readonly [number, number],
  numbers: Uint32Array,
  origin: number[],
): void {
  for (let e = 0; e < groups.length; e++) {
    const place = (a[e]! * sizeB + b[e]!) * sizeC + c[e]!
    let group = numbers[place]!
    if (group === 0) group = numbers[place] = origin.push(place)
    groups[e] = group - 1
  }
}

/** A number of several digits, the last one the lowest. */
function digitsOf(number: number, sizes: readonly number[]): number[] {
  const digits: number[] = []
  let rest = number
  for (const size of sizes.toReversed()) {
    digits.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return digits
}

function splitBySeveral(before: Groups, dimension: Dimension): Omit<Groups, 'key'> {
  const entries = dimension.parts ? severalOf(before, dimension.codes, dimension.parts) : before
  const { of, calls } = entries
  const values = 'values' in entries ? entries.values : undefined
  const { size, codes } = dimension
  const numbers = before.size * size <= mostPairs ? new Uint32Array(before.size * size) : undefined
  const far = new Map<number, number>()
  const groups = new Uint32Array(of.length)
  const origin: number[] = []
  const own: number[] = []
  for (let e = 0; e < of.length; e++) {
    const code = values ? values[e]! : codes[calls ? calls[e]! : e]!
    const pair = of[e]! * size + code
    let group = numbers ? numbers[pair]! : (far.get(pair) ?? 0)
    if (group === 0) {
      own.push(code)
      group = origin.push(of[e]!)
      if (numbers) numbers[pair] = group
      else far.set(pair, group)
    }
    groups[e] = group - 1
  }
  return {
    size: origin.length,
    of: groups,
    calls,
    codes: [...before.codes.map(column => Uint32Array.from(origin, group => column[group]!)), Uint32Array.from(own)],
  }
}

/** An entry for each value of each entry. */
function severalOf({ of, calls }: Groups, codes: Uint32Array, parts: readonly (readonly number[])[]) {
  let length = 0
  for (let e = 0; e < of.length; e++) length += parts[codes[calls ? calls[e]! : e]!]!.length
  const made = { of: new Uint32Array(length), calls: new Uint32Array(length), values: new Uint32Array(length) }
  let n = 0
  for (let e = 0; e < of.length; e++) {
    const call = calls ? calls[e]! : e
    for (const value of parts[codes[call]!]!) {
      made.of[n] = of[e]!
      made.calls[n] = call
      made.values[n++] = value
    }
  }
  return made
}
