import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Sums } from '../../../shared/contract/lists.ts'
import { statuses } from '../../../shared/domain/kind.ts'
import { callCosts, type CallCosts } from '../table/call-costs.ts'
import { filled, plus } from '../table/arrays.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Table } from '../table/table.ts'
import { searchedOf, type Asked } from './asking.ts'
import { itemNumbers } from './item-numbers.ts'
import { narrowed } from './narrowed.ts'

/** What a list comes to: of traces and sessions all their spans, of spans and calls those listed. */
export function totalsOf(asked: Asked, group: Input<'lists.totals'>['group']): Output<'lists.totals'> {
  const { subject, exact } = asked
  const { bytes: items, total } = group ? narrowed(asked, group) : asked.shown
  const { table, list } = subject
  const sums =
    list === 'spans' || list === 'calls' ? sumOfRows(table, items) : sumOfTraces(table, tracesOf(asked, items))
  return { total, exact, ...searchedOf(asked), sums, outside: list === 'sessions' ? outsideOf(asked) : 0 }
}

function tracesOf({ subject }: Asked, items: Uint8Array): Uint8Array {
  if (subject.list === 'traces') return items
  const { of } = sessionsOf(subject.table)
  return filled(new Uint8Array(of.length), of, session => (session < 0 ? 0 : items[session]!))
}

/** Matching traces without a session. */
function outsideOf({ subject, matching }: Asked): number {
  const rows = matching.bytes
  const { of } = sessionsOf(subject.table)
  const { trace } = subject.table.layout
  const found = new Set<number>()
  for (let row = 0; row < rows.length; row++) if (rows[row] === 1 && of[trace[row]!] === -1) found.add(trace[row]!)
  return found.size
}

class Sum {
  spans = 0
  traces = 0
  calls = 0
  errors = 0
  uncosted = 0
  input = Number.NaN
  output = Number.NaN
  cached = Number.NaN
  reasoning = Number.NaN
  cost = Number.NaN
  recorded = Number.NaN
  computed = Number.NaN
  from = Number.NaN
  to = Number.NaN

  lasts(start: number, length: number): void {
    if (Number.isNaN(start)) return
    if (!(start >= this.from)) this.from = start
    const end = Number.isNaN(length) ? start : start + length
    if (!(end <= this.to)) this.to = end
  }

  result(): Sums {
    const { traces, spans, calls, errors, input, output, cached, reasoning, cost, recorded, computed, from, to } = this
    const known = { input, output, cached, reasoning, cost, recorded, computed, from, to }
    const given = Object.fromEntries(Object.entries(known).filter(([, value]) => !Number.isNaN(value)))
    return { traces, spans, calls, errors, uncosted: this.uncosted, ...given }
  }
}

const errorStatus = statuses.indexOf('error')

function sumOfRows(table: Table, rows: Uint8Array): Sums {
  const sum = new Sum()
  const { layout, calls } = table
  const costs = callCosts(table)
  const status = table.column('status')
  const rowsAsked = { list: 'spans', table, size: table.rows, itemOf: undefined } as const
  const start = itemNumbers(rowsAsked, 'started')!
  const length = itemNumbers(rowsAsked, 'duration')!
  let trace = -1
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 0) continue
    sum.spans++
    if (layout.trace[row] !== trace) sum.traces++
    trace = layout.trace[row]!
    if (status[row] === errorStatus) sum.errors++
    sum.lasts(start[row]!, length[row]!)
  }
  for (let k = 0; k < calls.count; k++) {
    if (rows[calls.row[k]!] === 0 || calls.counted[k] === 0) continue
    if (calls.counted[k] === 1) sum.calls++
    if (calls.counted[k] === 1 && Number.isNaN(costs.cost[k]!)) sum.uncosted++
    addUsage(sum, calls, costs, k)
  }
  return sum.result()
}

function addUsage(sum: Sum, calls: Table['calls'], costs: CallCosts, k: number): void {
  sum.input = plus(sum.input, calls.input[k]!)
  sum.output = plus(sum.output, calls.output[k]!)
  sum.cached = plus(sum.cached, calls.cache_read[k]!)
  sum.reasoning = plus(sum.reasoning, calls.reasoning[k]!)
  sum.cost = plus(sum.cost, costs.cost[k]!)
  sum.recorded = plus(sum.recorded, calls.cost[k]!)
  sum.computed = plus(sum.computed, costs.computed[k]!)
}

function sumOfTraces(table: Table, items: Uint8Array): Sums {
  const sum = new Sum()
  const { traces, calls, layout } = table
  const costs = callCosts(table)
  for (let t = 0; t < traces.count; t++) {
    if (items[t] === 0) continue
    sum.traces++
    sum.spans += traces.spans[t]!
    sum.errors += traces.errors[t]!
    sum.lasts(traces.start[t]! + traces.start_ns[t]! / 1000, traces.dur[t]! + traces.dur_ns[t]! / 1000)
  }
  for (let k = 0; k < calls.count; k++) {
    if (items[layout.trace[calls.row[k]!]!] === 0 || calls.counted[k] === 0) continue
    if (calls.counted[k] === 1) sum.calls++
    if (calls.counted[k] === 1 && Number.isNaN(costs.cost[k]!)) sum.uncosted++
    addUsage(sum, calls, costs, k)
  }
  return sum.result()
}
