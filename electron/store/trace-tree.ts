import type { TraceTree } from '../../shared/contract/traces.ts'
import { criticalPath } from '../../shared/tree/critical-path.ts'
import { layOut } from '../../shared/tree/lay-out.ts'
import { deriveTrace } from './derive.ts'
import { Labels } from './interned.ts'
import type { Store } from './open.ts'
import { loadTrace } from './stored-trace.ts'
import { plus } from './table/arrays.ts'
import { currentTable } from './table/table.ts'
import { treeColumns, type TreeColumns } from './table/tree-columns.ts'
import { pricerOf } from './price-book.ts'
import { computedCost, type TraceCost, type UsageRow } from './trace-cost.ts'
import { readStoredRow, toListRow, type StoredRow } from './trace-list.ts'
import { readNames } from './tree-names.ts'

type Numbers = (number | null)[]

/** What the store holds of a trace's order, by place in file order; worked out anew while the trace's import runs. */
interface Order {
  readonly start: number
  readonly startNs: number
  /** Undefined: as the row says. */
  readonly anew?: {
    readonly pre: Uint32Array
    readonly last: Uint32Array
    readonly marks: Uint32Array
    readonly counted: Uint8Array
  }
}

/** `TraceTree` says 16 bits: rows deeper than this are drawn alike. */
const deepest = 65_535

/**
 * A whole trace as columns in reading order, or undefined when there is none. From the store's columns where they are in
 * memory: of 100,000 spans in a sixth of the time.
 */
export function readTree(store: Store, id: number): TraceTree | undefined {
  return store.snapshot(() => {
    const trace = readStoredRow(store, id)
    if (!trace) return undefined
    const growing = trace.dirty !== 0
    const table = growing ? undefined : currentTable(store)
    const make = () => completed(store, trace, (table && treeColumns(table, id)) ?? readColumns(store, id, growing))
    const isKept = table && trace.spans >= worthKeeping
    const { sums, ...tree } = isKept ? table.derived(`tree ${id}`, make) : make()
    return { trace: toListRow(trace, sums), ...tree }
  })
}

/** Spans from which on a tree is kept for the next one who opens the trace. */
const worthKeeping = 2000

/** With what follows from the columns, and with the texts of names, which they have by their ids. */
function completed(store: Store, trace: StoredRow, columns: TreeColumns) {
  if (trace.start === null) layOut(columns, columns.offset)
  nest(columns)
  const { row, from, to } = criticalPath(columns)
  const strings = readNames(store, [columns.name, columns.model])
  return { ...columns, criticalRow: row, criticalFrom: from, criticalTo: to, strings, sums: sumOf(columns) }
}

/** What the calls of a tree cost together; the same as `costOfTrace`. */
function sumOf({ cost, computed, counted }: TreeColumns): TraceCost {
  const sums = { cost: Number.NaN, computed: Number.NaN, uncosted: 0 }
  for (let at = 0; at < counted.length; at++) {
    if (counted[at] === 0) continue
    sums.cost = plus(sums.cost, cost[at]!)
    sums.computed = plus(sums.computed, computed[at]!)
    if (counted[at] === 1 && Number.isNaN(cost[at]!)) sums.uncosted++
  }
  return sums
}

function readColumns(store: Store, id: number, growing: boolean): TreeColumns {
  const order = growing ? orderAnew(store, id) : store.query<[number], Order>('trace-start').get(id)!
  const rows = store.query<number[], Numbers>('trace-tree').raw().all(order.start, order.startNs, id)
  const columns = emptyColumns(rows.length)
  readCalls(store, id, order, columns, putSpans(rows, order, columns))
  return columns
}

function orderAnew(store: Store, id: number): Order {
  const { spans, usage } = loadTrace(store, id)
  const labels = new Labels(store)
  const { order, last, marks, totals } = deriveTrace(spans, usage.at, label => labels.get(label))
  const pre = new Uint32Array(spans.count)
  order.forEach((row, place) => (pre[row] = place))
  return { start: totals.start, startNs: totals.startNs, anew: { pre, last, marks, counted: usage.at.counted } }
}

function emptyColumns(n: number): TreeColumns {
  const unknown = () => new Float64Array(n).fill(Number.NaN)
  return {
    id: new Float64Array(n),
    last: new Uint32Array(n),
    depth: new Uint16Array(n),
    kind: new Uint8Array(n),
    status: new Uint8Array(n),
    name: new Uint32Array(n),
    model: new Uint32Array(n),
    offset: unknown(),
    duration: unknown(),
    input: unknown(),
    output: unknown(),
    cached: unknown(),
    cost: unknown(),
    recorded: unknown(),
    computed: unknown(),
    firstToken: unknown(),
    counted: new Uint8Array(n),
    marks: new Uint32Array(n),
  }
}

/** Rows come in order of ids and are put where they are read. Returns those places with their ids. */
function putSpans(rows: readonly Numbers[], order: Order, into: TreeColumns) {
  const ids = new Float64Array(rows.length)
  const places = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const [span, pre, last, flags, name, offset, duration] = rows[i]!
    const at = order.anew ? order.anew.pre[i]! : pre!
    ids[i] = span!
    places[i] = at
    into.id[at] = span!
    into.last[at] = order.anew ? order.anew.last[at]! : last!
    into.marks[at] = order.anew ? order.anew.marks[at]! : flags! / 64
    into.kind[at] = (flags! >> 2) & 15
    into.status[at] = flags! & 3
    into.name[at] = name!
    if (offset !== null) into.offset[at] = offset!
    if (duration !== null) into.duration[at] = duration!
  }
  return { ids, places }
}

function readCalls(
  store: Store,
  id: number,
  order: Order,
  into: TreeColumns,
  { ids, places }: { readonly ids: Float64Array; readonly places: Uint32Array },
): void {
  let row = 0
  let call = 0
  const pricer = pricerOf(store)
  for (const one of store.query<[number], UsageRow>('trace-prices').all(id)) {
    const span = one.id
    // Both come in order of ids.
    while (row < ids.length && ids[row]! < span) row++
    const isThere = ids[row] === span
    const count = order.anew ? order.anew.counted[call]! : one.counted
    call++
    if (!isThere) continue
    const at = places[row]!
    const computed = computedCost(pricer, one)
    into.model[at] = one.modelId
    into.input[at] = one.input ?? Number.NaN
    into.output[at] = one.output ?? Number.NaN
    into.cached[at] = one.cacheRead ?? Number.NaN
    into.recorded[at] = one.cost ?? Number.NaN
    into.computed[at] = typeof computed === 'number' ? computed : Number.NaN
    into.cost[at] = one.cost ?? into.computed[at] ?? Number.NaN
    into.firstToken[at] = one.firstToken ?? Number.NaN
    into.counted[at] = count
  }
}

/** Depths, from the ranges. A span without a start stands at its parent's. */
function nest({ offset, depth, last }: TreeColumns): void {
  const open: number[] = []
  for (let at = 0; at < offset.length; at++) {
    while (open.length > 0 && last[open.at(-1)!]! < at) open.pop()
    depth[at] = Math.min(open.length, deepest)
    if (open.length > 0 && Number.isNaN(offset[at]!)) offset[at] = offset[open.at(-1)!]!
    open.push(at)
  }
}
