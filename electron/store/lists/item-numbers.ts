import { ownColumns, type OwnColumn } from '../../../shared/query/list-columns.ts'
import type { FieldId } from '../../../shared/query/fields.ts'
import { plus } from '../table/arrays.ts'
import { numbersOf } from '../table/numbers.ts'
import { sessionsOf } from '../table/sessions.ts'
import { traceCosts } from '../table/trace-costs.ts'
import type { Table } from '../table/table.ts'
import type { Subject } from './subject.ts'
import { wholeNumbers } from './whole-numbers.ts'

/** A number of each item, NaN where it has none; in the units of the contract: microseconds, nano-dollars. */
export type ItemNumbers = Float64Array

/** The numbers of a column; undefined where its values are words. */
export function itemNumbers({ list, table }: Subject, column: FieldId | OwnColumn): ItemNumbers | undefined {
  const key = `${list} numbers ${column}`
  const make = list === 'traces' ? traceNumbers : list === 'sessions' ? sessionNumbers : spanNumbers
  if (isOwn(column)) return table.derived(key, () => make(table, column))
  return table.ofField({ id: column }, key, () => make(table, column))
}

const lengths: readonly string[] = ['duration', 'self', 'offset', 'ttft']

/** The same for rows. */
export function spanNumbers(table: Table, column: FieldId | OwnColumn): ItemNumbers | undefined {
  if (isOwn(column)) return new Float64Array(table.rows).fill(Number.NaN)
  const numbers = numbersOf(table, column)
  if (!numbers || !lengths.includes(column)) return numbers
  return table.derived(`microseconds ${column}`, () => numbers.map(ns => ns / 1000))
}

function isOwn(column: FieldId | OwnColumn): column is OwnColumn {
  return (ownColumns as readonly string[]).includes(column)
}

function traceNumbers(table: Table, column: FieldId | OwnColumn): ItemNumbers | undefined {
  return wholeNumbers(table.traces, column, () => traceCosts(table)) ?? overSpans(table, column)
}

/** Sums of what is added up, over what counts once; of anything else the largest. */
function overSpans(table: Table, column: FieldId | OwnColumn): ItemNumbers | undefined {
  const { traces, layout, calls } = table
  const numbers = spanNumbers(table, column)
  if (!numbers) return undefined
  const found = new Float64Array(traces.count).fill(Number.NaN)
  if (column === 'tokens.cached' || column === 'tokens.reasoning') {
    for (let k = 0; k < calls.count; k++) {
      const row = calls.row[k]!
      const t = layout.trace[row]!
      if (calls.counted[k]! > 0) found[t] = plus(found[t]!, numbers[row]!)
    }
    return found
  }
  for (let row = 0; row < numbers.length; row++) {
    const t = layout.trace[row]!
    if (layout.alive[row] === 1) found[t] = larger(found[t]!, numbers[row]!)
  }
  return found
}

function sessionNumbers(table: Table, column: FieldId | OwnColumn): ItemNumbers | undefined {
  const sessions = sessionsOf(table)
  switch (column) {
    case 'traces':
    case 'calls':
    case 'errors':
    case 'tools':
    case 'uncosted':
    case 'growing':
    case 'spans':
      return sessions[column]
    case 'started':
      return sessions.start
    case 'duration':
      return sessions.end.map((end, s) => end - sessions.start[s]!)
    case 'tokens':
      return sessions.input.map((input, s) => plus(input, sessions.output[s]!))
    case 'tokens.input':
      return sessions.input
    case 'tokens.output':
      return sessions.output
    case 'cost':
      return sessions.cost
    case 'cost.computed':
      return sessions.computed
    case 'cost.recorded':
      return sessions.recorded
    default: {
      const ofTraces = traceNumbers(table, column)
      if (!ofTraces) return undefined
      const adds = column === 'tokens.cached' || column === 'tokens.reasoning'
      const found = new Float64Array(sessions.count).fill(Number.NaN)
      for (const [t, value] of ofTraces.entries()) {
        const s = sessions.of[t]!
        if (s >= 0 && !Number.isNaN(value)) found[s] = adds ? plus(found[s]!, value) : larger(found[s]!, value)
      }
      return found
    }
  }
}

function larger(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a
}
