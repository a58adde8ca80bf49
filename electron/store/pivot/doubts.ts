import { marksToBits } from '../../../shared/domain/marks.ts'
import { costDoubts, type CostDoubts } from '../../../shared/money/cost-doubts.ts'
import type { Untimed } from '../../../shared/query/latency-measures.ts'
import { unknownCosts } from '../../../shared/money/unknown-cost.ts'
import { placesOf } from '../table/bytes.ts'
import { callCosts } from '../table/call-costs.ts'
import { keptPacked } from '../table/kept-columns.ts'
import { knownIn } from '../table/packed-numbers.ts'
import type { Table } from '../table/table.ts'
import { countedCalls, rankedLengths } from './calls.ts'
import { notInOrder } from './percentiles.ts'

const bits = costDoubts.map(mark => marksToBits([mark]))
const replayed = marksToBits(['replayed'])
/** Marks that are counted beside a total. */
const told = marksToBits([...costDoubts, 'replayed'])

/** Calls of which something is to be said: few, as a rule. */
interface Noted {
  readonly calls: Uint32Array
  /** Which of `notes` each has: counting them under a filter is one short loop. */
  readonly note: Uint32Array
  readonly notes: readonly number[]
}

function noted(calls: Uint32Array, noteOf: (call: number) => number): Noted {
  const known = new Map<number, number>()
  const note = calls.map(call => {
    const one = noteOf(call)
    let number = known.get(one)
    if (number === undefined) known.set(one, (number = known.size))
    return number
  })
  return { calls, note, notes: [...known.keys()] }
}

/** How many of the calls that are looked at have each note; `isIn` undefined: of all. */
function countNotes({ calls, note, notes }: Noted, isIn: Uint8Array | undefined): Uint32Array {
  const counts = new Uint32Array(notes.length)
  if (isIn) for (let n = 0; n < calls.length; n++) counts[note[n]!]! += isIn[calls[n]!]!
  else for (let n = 0; n < calls.length; n++) counts[note[n]!]!++
  return counts
}

/** What is to be known of the costs of these calls; undefined: of all. */
export function doubtsOf(table: Table, isIn: Uint8Array | undefined): CostDoubts {
  const [reasons, doubts] = [new Uint32Array(unknownCosts.length), new Uint32Array(bits.length)]
  let replays = 0
  const peculiar = peculiarCalls(table)
  for (const [n, calls] of countNotes(peculiar, isIn).entries()) {
    const [why, marks] = [peculiar.notes[n]! % mostReasons, Math.floor(peculiar.notes[n]! / mostReasons)]
    if (why > 0) reasons[why - 1]! += calls
    for (let b = 0; b < bits.length; b++) if (marks & bits[b]!) doubts[b]! += calls
    if (marks & replayed) replays += calls
  }
  return {
    unpriced: unknownCosts.flatMap((of, n) => (reasons[n]! > 0 ? [{ why: of, calls: reasons[n]! }] : [])),
    doubts: costDoubts.flatMap((mark, n) => (doubts[n]! > 0 ? [{ mark, calls: doubts[n]! }] : [])),
    ...(replays > 0 ? { replays } : {}),
  }
}

const mostReasons = 256

/** Those without a cost, noted why, or with a mark that speaks of it. */
function peculiarCalls(table: Table): Noted {
  return table.derived('pivot peculiar', () => {
    const { why } = callCosts(table)
    const { place, row } = countedCalls(table)
    const marks = table.column('marks')
    const recorded = recordedCalls(table)
    return noted(placesOf(arePeculiar(place, row, why, recorded, marks)), call => {
      const k = place[call]!
      return ((marks[row[call]!]! & told) >>> 0) * mostReasons + (recorded[k] === 0 ? why[k]! : 0)
    })
  })
}

function arePeculiar(
  place: Uint32Array,
  row: Uint32Array,
  why: Uint8Array,
  recorded: Uint8Array,
  marks: Uint32Array,
): Uint8Array {
  const found = new Uint8Array(place.length)
  for (let i = 0; i < found.length; i++) {
    const k = place[i]!
    found[i] = Number(why[k]! > recorded[k]! * mostReasons) | Number((marks[row[i]!]! & told) !== 0)
  }
  return found
}

/** 1 for usage whose cost its file says. */
function recordedCalls(table: Table): Uint8Array {
  const packed = keptPacked(table, 'call cost')
  if (packed) return knownIn(packed, table.calls.count)
  const { cost } = table.calls
  const known = new Uint8Array(cost.length)
  for (let k = 0; k < known.length; k++) known[k] = Number(!Number.isNaN(cost[k]!))
  return known
}

const backwards = marksToBits(['negative-duration'])

/** How many of these calls are in no latency, and how many of them end before they start; undefined: of all. */
export function untimedOf(table: Table, isIn: Uint8Array | undefined): { readonly untimed?: Untimed } {
  const untimed = { calls: 0, backwards: 0 }
  const those = untimedCalls(table)
  for (const [n, calls] of countNotes(those, isIn).entries()) {
    untimed.calls += calls
    if (those.notes[n] !== 0) untimed.backwards += calls
  }
  return untimed.calls > 0 ? { untimed } : {}
}

function untimedCalls(table: Table): Noted {
  return table.derived('pivot untimed', () => {
    const { row } = countedCalls(table)
    const marks = table.column('marks')
    return noted(notInOrder(table, rankedLengths(table)), call => marks[row[call]!]! & backwards)
  })
}
