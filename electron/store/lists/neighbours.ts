import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Asked } from './asking.ts'
import { orderOf } from './rows.ts'

/**
 * The traces before and after one in a list, whatever its rows are: the next row of another trace. From the row of a
 * span where one is named and it is there, else from the trace's first row.
 */
export function neighboursOf(asked: Asked, input: Input<'lists.neighbours'>): Output<'lists.neighbours'> {
  const { subject, exact } = asked
  const { traces, layout } = subject.table
  const all = orderOf(asked, input)
  const order = all.window(0, all.total)
  const traceOf = (item: number) => traces.id[subject.list === 'traces' ? item : layout.trace[item]!]!
  const isSpan = (item: number) => subject.list !== 'traces' && layout.id[item] === input.span
  const first = order.findIndex(item => traceOf(item) === input.trace)
  const own = first < 0 || input.span === undefined ? -1 : order.findIndex(isSpan)
  const at = own < 0 ? first : own
  const keyOf = subject.table.store.query<[number], { key: string }>('trace-key')
  const step = (by: 1 | -1): { readonly traceId: string; readonly span: number | null } | null => {
    if (at < 0) return null
    for (let place = at + by; place >= 0 && place < order.length; place += by) {
      const item = order[place]!
      const trace = traceOf(item)
      if (trace === input.trace) continue
      const traceId = keyOf.get(trace)?.key
      if (traceId !== undefined) return { traceId, span: subject.list === 'traces' ? null : layout.id[item]! }
    }
    return null
  }
  return { total: order.length, exact, place: at < 0 ? null : at, before: step(-1), after: step(1) }
}
