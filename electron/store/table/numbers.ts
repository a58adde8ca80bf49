import type { FieldId } from '../../../shared/query/fields.ts'
import { plus } from './arrays.ts'
import { selfTimes } from './self-times.ts'
import { callCosts } from './call-costs.ts'
import type { Calls } from './calls.ts'
import { saidNumbers } from './said.ts'
import type { Table } from './table.ts'

/**
 * A number of each span; NaN is unknown. Nanoseconds for lengths of time, microseconds (with a fraction) for points of it,
 * nano-dollars for money.
 */
export type SpanNumbers = Float64Array

/** A field whose values are numbers, by row; undefined for words. */
export function numbersOf(table: Table, id: FieldId): SpanNumbers | undefined {
  const make = makers[id]
  return make && table.ofField({ id }, `numbers ${id}`, () => make(table))
}

const makers: { readonly [id in FieldId]?: (table: Table) => SpanNumbers | undefined } = {
  started: table => {
    const [start, ns] = [table.column('start'), table.column('start_ns')]
    return start.map((us, row) => us + ns[row]! / 1000)
  },
  duration: table => {
    const [us, ns] = [table.column('dur'), table.column('dur_ns')]
    // One that ends before it starts is drawn with length 0; how long it took nobody knows.
    return us.map((length, row) => {
      const took = length * 1000 + ns[row]!
      return took < 0 ? Number.NaN : took
    })
  },
  offset: table => {
    const { traces, layout } = table
    const [start, ns] = [table.column('start'), table.column('start_ns')]
    return start.map((us, row) => {
      const t = layout.trace[row]!
      return (us - traces.start[t]!) * 1000 + ns[row]! - traces.start_ns[t]!
    })
  },
  self: selfTimes,
  depth: ({ layout }) => new Float64Array(layout.depth),
  children: ({ parent }) => {
    const children = new Float64Array(parent.length)
    for (const above of parent) if (above >= 0) children[above]!++
    return children
  },
  spans: ({ layout, traces }) => new Float64Array(layout.trace).map(t => traces.spans[t]!),
  tokens: table => ofCalls(table, (calls, k) => plus(calls.input[k]!, calls.output[k]!)),
  'tokens.input': table => ofCallNumbers(table, table.calls.input),
  'tokens.output': table => ofCallNumbers(table, table.calls.output),
  'tokens.cached': table => ofCallNumbers(table, table.calls.cache_read),
  'tokens.reasoning': table => ofCallNumbers(table, table.calls.reasoning),
  cost: table => ofCallNumbers(table, callCosts(table).cost),
  'cost.computed': table => ofCallNumbers(table, callCosts(table).computed),
  'cost.recorded': table => ofCallNumbers(table, table.calls.cost),
  temperature: table => saidNumbers(table, 'temperature'),
  ttft: table => ofCalls(table, (calls, k) => calls.first_token[k]! * 1000),
}

function ofCalls(table: Table, value: (calls: Calls, k: number) => number): SpanNumbers {
  const { calls, rows } = table
  const numbers = new Float64Array(rows).fill(Number.NaN)
  for (let k = 0; k < calls.count; k++) numbers[calls.row[k]!] = value(calls, k)
  return numbers
}

/** By the number of the call, as they stand. */
function ofCallNumbers(table: Table, values: Float64Array): SpanNumbers {
  return ofCalls(table, (_, k) => values[k]!)
}
