import type { Store } from '../open.ts'
import type { Traces } from './traces.ts'

/** Where every span stands. */
export interface Layout {
  /** Of the row's span. */
  readonly id: Uint32Array
  /** Place of its trace. */
  readonly trace: Uint32Array
  /** The last row of what stands below it; itself where nothing does. */
  readonly end: Uint32Array
  readonly depth: Uint32Array
  /** Row of a span by its id, plus 1; 0 where no span has it. */
  readonly rowOf: Uint32Array
}

/** One pass over all spans. A trace whose order is due stands in order of arrival, nothing above anything. */
export function layOutRows(store: Store, traces: Traces): Layout {
  const { n, most } = store
    .statement<[], { n: number; most: number }>('SELECT count(*) AS n, ifnull(max(id), 0) AS most FROM span')
    .get()!
  const spans = store.statement<[], number[]>('SELECT id, trace, pre, last, depth FROM span ORDER BY id').raw()
  const ids = new Uint32Array(n)
  const places = new Uint32Array(n)
  const pre = new Uint32Array(n)
  const reach = new Uint32Array(n)
  const depths = new Uint32Array(n)
  const size = new Uint32Array(traces.count + 1)
  let i = 0
  let [known, place] = [-1, -1]
  for (const row of spans.iterate()) {
    if (i === n) break
    if (row[1] !== known) [known, place] = [row[1]!, traces.placeOf(row[1]!)]
    if (place < 0) continue
    ids[i] = row[0]!
    places[i] = place
    pre[i] = row[2]!
    reach[i] = row[3]! - row[2]!
    depths[i] = row[4]!
    size[place]!++
    i++
  }
  for (let t = 0, first = 0; t < traces.count; t++) {
    traces.first[t] = first
    first += size[t]!
  }
  const layout: Layout = {
    id: new Uint32Array(i),
    trace: new Uint32Array(i),
    end: new Uint32Array(i),
    depth: new Uint32Array(i),
    rowOf: new Uint32Array(most + 1),
  }
  const arrived = new Uint32Array(traces.count)
  for (let k = 0; k < i; k++) {
    const t = places[k]!
    const settled = traces.dirty[t] === 0
    const row = traces.first[t]! + (settled ? pre[k]! : arrived[t]!++)
    layout.id[row] = ids[k]!
    layout.trace[row] = t
    layout.end[row] = row + (settled ? reach[k]! : 0)
    layout.depth[row] = depths[k]!
    layout.rowOf[ids[k]!] = row + 1
  }
  return layout
}

/** Columns of `span` as they are loaded; NaN is unknown. */
export interface SpanColumns {
  readonly name: Uint32Array
  readonly kind: Uint8Array
  readonly status: Uint8Array
  /** Microseconds, with what remains in nanoseconds beside it. */
  readonly start: Float64Array
  readonly start_ns: Uint16Array
  readonly dur: Float64Array
  readonly dur_ns: Uint16Array
  readonly marks: Uint32Array
  readonly label: Uint32Array
  readonly context: Uint32Array
}
export type SpanColumn = keyof SpanColumns

const arrays = {
  name: Uint32Array,
  kind: Uint8Array,
  status: Uint8Array,
  start: Float64Array,
  start_ns: Uint16Array,
  dur: Float64Array,
  dur_ns: Uint16Array,
  marks: Uint32Array,
  label: Uint32Array,
  context: Uint32Array,
} as const satisfies { [name in SpanColumn]: unknown }

export function readSpanColumns(
  store: Store,
  { id, rowOf }: Layout,
  names: readonly SpanColumn[],
): { [name in SpanColumn]?: SpanColumns[name] } {
  const made = names.map(name => new arrays[name](id.length))
  const rows = store.statement<[], (number | null)[]>(`SELECT id, ${names.join()} FROM span ORDER BY id`).raw()
  for (const row of rows.iterate()) {
    const at = (rowOf[row[0]!] ?? 0) - 1
    if (at < 0) continue
    for (let k = 0; k < made.length; k++) made[k]![at] = row[k + 1] ?? Number.NaN
  }
  return Object.fromEntries(names.map((name, k) => [name, made[k]!]))
}
