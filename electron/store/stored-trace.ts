import { Columns } from './columns.ts'
import { deriveTrace, traceShape } from './derive.ts'
import type { TraceSpans, TraceTotals } from './derive.ts'
import { mergeSpans } from './merge.ts'
import type { MergeTools } from './merge.ts'
import type { Store } from './open.ts'
import { whole } from './row-writer.ts'
import type { Cell } from './row-writer.ts'

const usageShape = {
  id: Uint32Array,
  response: Float64Array,
  input: Float64Array,
  output: Float64Array,
  cost: Float64Array,
  counted: Uint8Array,
} as const

const orderShape = { pre: Uint32Array, last: Uint32Array, depth: Uint32Array } as const

/** A trace read back from the store, in file order. */
export interface StoredTrace {
  readonly spans: TraceSpans
  readonly usage: Columns<typeof usageShape>
  /** The order the store holds; meaningless while the trace is dirty. */
  readonly order: Columns<typeof orderShape>
}

export function loadTrace(store: Store, trace: number): StoredTrace {
  const spans = new Columns(traceShape)
  const usage = new Columns(usageShape)
  const order = new Columns(orderShape)
  for (const row of store.query<[number], (number | null)[]>('trace-usage').raw().iterate(trace)) {
    const i = usage.add()
    const { at } = usage
    at.id[i] = row[0]!
    at.response[i] = row[1]!
    at.input[i] = row[2] ?? Number.NaN
    at.output[i] = row[3] ?? Number.NaN
    at.cost[i] = row[4] ?? Number.NaN
    at.counted[i] = row[5]!
  }
  let call = 0
  for (const row of store.query<[number], (number | null)[]>('trace-columns').raw().iterate(trace)) {
    const i = spans.add()
    const { at } = spans
    at.id[i] = row[0]!
    at.tag[i] = row[1]!
    at.parentTag[i] = row[2]!
    at.start[i] = row[3] ?? Number.NaN
    at.startNs[i] = row[4]!
    at.duration[i] = row[5] ?? Number.NaN
    at.durationNs[i] = row[6]!
    at.marks[i] = row[7]!
    at.kind[i] = row[8]!
    at.status[i] = row[9]!
    at.name[i] = row[10]!
    at.label[i] = row[11]!
    order.add()
    order.at.pre[i] = row[12]!
    order.at.last[i] = row[13]!
    order.at.depth[i] = row[14]!
    // Both come in order of ids.
    while (call < usage.count && usage.at.id[call]! < row[0]!) call++
    at.call[i] = call < usage.count && usage.at.id[call] === row[0] ? call : -1
  }
  return { spans, usage, order }
}

/** Reads merged spans of a trace again, then settles its order and totals. Rows that stay as they are are not written. Answers how many spans it has. */
export function deriveStored(store: Store, trace: number, tools: MergeTools): number {
  mergeSpans(store, trace, tools)
  const { spans, usage, order } = loadTrace(store, trace)
  if (spans.count === 0) {
    store.query('span-runs-delete').run(trace)
    store.query('trace-delete').run(trace)
    return 0
  }
  const before = usage.at.counted.slice(0, usage.count)
  const derived = deriveTrace(spans, usage.at, id => tools.labels.get(id))
  const update = store.query<number[], unknown>('span-order')
  for (let pre = 0; pre < spans.count; pre++) {
    const i = derived.order[pre]!
    const last = derived.last[pre]!
    const depth = derived.depth[pre]!
    const marks = derived.marks[pre]!
    const isSame =
      order.at.pre[i] === pre && order.at.last[i] === last && order.at.depth[i] === depth && spans.at.marks[i] === marks
    if (!isSame) update.run(pre, last, depth, marks, spans.at.id[i]!)
  }
  const count = store.query<number[], unknown>('call-counted')
  for (let k = 0; k < usage.count; k++)
    if (before[k] !== usage.at.counted[k]) count.run(usage.at.counted[k]!, usage.at.id[k]!)
  store.query<Cell[], unknown>('trace-totals').run(...totalCells(derived.totals), 0, trace)
  return spans.count
}

/** Once so many spans were put in order, the rest waits for another transaction. */
export const derivedPerTransaction = 20_000

/** Derives every trace that is marked dirty, some 20,000 spans a transaction; `first` runs first in each. */
export function deriveDirty(store: Store, tools: MergeTools, first: () => void): void {
  const next = store.query<[], { id: number; spans: number }>('trace-dirty')
  for (let left = true; left;) {
    left = store.db
      .transaction(() => {
        first()
        for (let spans = 0; spans < derivedPerTransaction;) {
          const trace = next.get()
          if (!trace) return false
          deriveStored(store, trace.id, tools)
          spans += trace.spans + 1
        }
        return true
      })
      .immediate()
  }
}

/** In the order of `trace-add` and `trace-totals`. */
export function totalCells(t: TraceTotals): Cell[] {
  return [
    t.name,
    whole(t.start),
    t.startNs,
    whole(t.duration),
    t.durationNs,
    t.spans,
    t.calls,
    t.errors,
    t.tools,
    whole(t.input),
    whole(t.output),
    whole(t.cost),
    t.uncosted,
    t.label.session,
    t.label.user,
    t.label.environment,
    t.label.release,
    t.label.application,
  ]
}
