import { statuses } from '../../../shared/domain/kind.ts'
import { marksToBits } from '../../../shared/domain/marks.ts'
import { filled } from '../table/arrays.ts'
import { retriedRows } from '../table/attempts.ts'
import { picked, type Calls } from '../table/calls.ts'
import { followerKey, keptFollower, keptPacked } from '../table/kept-columns.ts'
import { numberAt } from '../table/packed-numbers.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Table } from '../table/table.ts'
import { minutesAt } from './buckets.ts'
import type { Ranked } from './percentiles.ts'

/** The calls of a table, each once, by numbers of their own: wrappers, embeddings and rows that no longer live are not among them. */
export interface CountedCalls {
  readonly count: number
  /** Place among `table.calls`. */
  readonly place: Uint32Array
  /** Ascending but for traces that have grown. */
  readonly row: Uint32Array
  /** They are all that a table has, and numbers of all calls are theirs. */
  readonly isAll: boolean
  /** Every row is one of them, and has their number. */
  readonly isEveryRow: boolean
}

export function countedCalls(table: Table): CountedCalls {
  return table.derived('pivot calls', () => {
    const { calls } = table
    const { counted } = calls
    // Of a log of calls all three are the same numbers.
    if (!counted.includes(0) && !counted.includes(2) && isItsPlace(calls.row)) {
      const { row, count } = calls
      return { count, place: row, row, isAll: true, isEveryRow: count === table.rows }
    }
    const place = new Uint32Array(calls.count)
    const count = placeCounted(place, counted)
    const isAll = count === calls.count
    const used = isAll ? place : place.slice(0, count)
    const row = isAll ? calls.row : picked(calls.row, used)
    return { count, place: used, row, isAll, isEveryRow: count === table.rows && isItsPlace(row) }
  })
}

/** How many there are. */
function placeCounted(place: Uint32Array, counted: Uint8Array): number {
  let count = 0
  for (let k = 0; k < counted.length; k++) if (counted[k] === 1) place[count++] = k
  return count
}

function isItsPlace(numbers: Uint32Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== i) return false
  return true
}

type NumberColumn = {
  [K in keyof Calls]: Calls[K] extends Float64Array ? K : never
}[keyof Calls]

/** A number of each call; NaN is unknown. */
export function callNumbers(table: Table, column: NumberColumn): Float64Array {
  return table.derived(`pivot ${column}`, () => ofCounted(table, table.calls[column]))
}

/** Of numbers of all calls those of the counted ones. */
export function ofCounted(table: Table, numbers: Float64Array): Float64Array {
  const { place, isAll } = countedCalls(table)
  if (isAll) return numbers
  const found = new Float64Array(place.length)
  for (let i = 0; i < found.length; i++) found[i] = numbers[place[i]!]!
  return found
}

/** When each call began, as `minutesAt` says it. */
export function minutesOfCalls(table: Table): Uint32Array {
  const make = () => minutesAt(countedCalls(table).row, table.column('start'))
  return table.derived(followerKey('minutes'), () => keptFollower(table, 'minutes') ?? make())
}

/** The lengths of calls: where their order is known, a few are looked up. */
export function rankedLengths(table: Table): Ranked {
  const ns = table.column('dur_ns')
  const { row, count } = countedCalls(table)
  const packed = keptPacked(table, 'span dur')
  const usAt = (at: number): number => (packed ? numberAt(packed, at) : table.column('dur')[at]!)
  return {
    key: 'lengths',
    count,
    at: call => lengthOf(usAt(row[call]!), ns[row[call]!]!),
    all: () => callLengths(table),
  }
}

function lengthOf(us: number, ns: number): number {
  const took = us * 1000 + ns
  return took < 0 ? Number.NaN : took / 1000
}

/** Numbers of calls that are all there. */
export function ranked(key: string, numbers: Float64Array): Ranked {
  return { key, count: numbers.length, at: call => numbers[call]!, all: () => numbers }
}

/** Microseconds; NaN where a file says none, or an end before the start. */
export function callLengths(table: Table): Float64Array {
  return table.derived('pivot lengths', () => {
    const [us, ns] = [table.column('dur'), table.column('dur_ns')]
    const { row } = countedCalls(table)
    const found = new Float64Array(row.length)
    fillLengths(found, row, us, ns)
    return found
  })
}

function fillLengths(found: Float64Array, rows: Uint32Array, us: Float64Array, ns: Uint16Array): void {
  for (let i = 0; i < found.length; i++) {
    const row = rows[i]!
    found[i] = lengthOf(us[row]!, ns[row]!)
  }
}

/** The number where the flag stands, else NaN. */
export function flagged(table: Table, key: string, numbers: Float64Array, flags: Uint8Array): Float64Array {
  return table.derived(`pivot ${key}`, () => numbers.map((number, i) => (flags[i] === 1 ? number : Number.NaN)))
}

const failed = statuses.indexOf('error')

/** 1 for calls that failed. */
export function failedCalls(table: Table): Uint8Array {
  return table.derived('pivot failed', () => {
    const status = table.column('status')
    const { row } = countedCalls(table)
    return filled(new Uint8Array(row.length), row, at => (status[at] === failed ? 1 : 0))
  })
}

const replayed = marksToBits(['replayed'])

/** 1 for answers to requests that were sent from here. */
export function replayedCalls(table: Table): Uint8Array {
  return table.derived('pivot replayed', () => {
    const marks = table.column('marks')
    const { row } = countedCalls(table)
    return filled(new Uint8Array(row.length), row, at => ((marks[at]! & replayed) === 0 ? 0 : 1))
  })
}

/** How many of these calls are. */
export function countReplays(table: Table, calls: Uint32Array): number {
  const flags = replayedCalls(table)
  let count = 0
  for (const i of calls) count += flags[i]!
  return count
}

/** 1 for calls that failed and were tried again. */
export function retriedCalls(table: Table): Uint8Array {
  return table.derived('pivot retried', () => {
    const retried = retriedRows(table)
    const { row } = countedCalls(table)
    return filled(new Uint8Array(row.length), row, at => retried[at]!)
  })
}

/** Of what calls are counted once: their trace, or its session. */
export interface Wholes {
  /** -1 for none. */
  readonly of: Int32Array
  /** Calls of one after those of another; undefined: as they stand. */
  readonly order: Uint32Array | undefined
}

export function tracesOfCalls(table: Table): Wholes {
  return table.derived('pivot traces', () => {
    const { row } = countedCalls(table)
    const { trace } = table.layout
    const of = filled(new Int32Array(row.length), row, at => trace[at]!)
    return { of, order: undefined }
  })
}

export function sessionsOfCalls(table: Table): Wholes {
  return table.derived('pivot sessions', () => {
    const sessions = sessionsOf(table)
    const { of: traces } = tracesOfCalls(table)
    const of = filled(new Int32Array(traces.length), traces, trace => sessions.of[trace]!)
    const order = filled(new Uint32Array(of.length), of, (_, i) => i).sort((a, b) => of[a]! - of[b]!)
    return { of, order }
  })
}
