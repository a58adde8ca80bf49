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
  let groups = whole
  for (const dimension of dimensions) {
    const before = groups
    const key = before.key !== undefined && dimension.serial > 0 ? `${before.key} ${dimension.serial}` : undefined
    const make = (): Groups => ({ ...splitBy(before, dimension), key })
    groups = key === undefined ? make() : table.derived(key, make)
    yield
  }
  return groups
}

/** All calls together. */
export function oneGroup(table: Table): Groups {
  const key = 'pivot groups'
  const make = () => ({ key, size: 1, of: new Uint32Array(countedCalls(table).count), calls: undefined, codes: [] })
  return table.derived(key, make)
}

/** All spans together, by row: where others speak of calls, these are rows. */
export function oneGroupOfSpans(table: Table): Groups {
  const key = 'span groups'
  return table.derived(key, () => ({ key, size: 1, of: new Uint32Array(table.rows), calls: undefined, codes: [] }))
}

/** Sixteen megabytes of numbers for a moment. */
const mostPairs = 1 << 22

function splitBy(before: Groups, dimension: Dimension): Omit<Groups, 'key'> {
  const entries = dimension.parts ? severalOf(before, dimension.codes, dimension.parts) : before
  const { of, calls } = entries
  const values = 'values' in entries ? entries.values : undefined
  const { size, codes } = dimension
  const numbers = before.size * size <= mostPairs ? new Uint32Array(before.size * size) : undefined
  const far = new Map<number, number>()
  const groups = new Uint32Array(of.length)
  const origin: number[] = []
  const own: number[] = []
  const begun = (above: number, code: number): number => {
    own.push(code)
    return origin.push(above)
  }
  if (numbers && !values && !calls) {
    // Nearly every question: nothing is asked of an entry but its number.
    for (let e = 0; e < of.length; e++) {
      const pair = of[e]! * size + codes[e]!
      let group = numbers[pair]!
      if (group === 0) group = numbers[pair] = begun(of[e]!, codes[e]!)
      groups[e] = group - 1
    }
  } else {
    for (let e = 0; e < of.length; e++) {
      const code = values ? values[e]! : codes[calls ? calls[e]! : e]!
      const pair = of[e]! * size + code
      let group = numbers ? numbers[pair]! : (far.get(pair) ?? 0)
      if (group === 0) {
        group = begun(of[e]!, code)
        if (numbers) numbers[pair] = group
        else far.set(pair, group)
      }
      groups[e] = group - 1
    }
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
