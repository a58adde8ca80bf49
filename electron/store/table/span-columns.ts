import type { Store } from '../open.ts'
import { longer } from './arrays.ts'
import { placeOf, type Traces } from './traces.ts'

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
  /** 0 for rows that stand elsewhere now: their trace has grown. */
  readonly alive: Uint8Array
  readonly dead: number
}

const arrays = {
  name: Uint32Array,
  kind: Uint8Array,
  status: Uint8Array,
  /** Microseconds, with what remains in nanoseconds beside it. */
  start: Float64Array,
  start_ns: Uint16Array,
  dur: Float64Array,
  dur_ns: Uint16Array,
  marks: Uint32Array,
  label: Uint32Array,
  trait: Uint32Array,
} as const

/** Columns of `span`; NaN is unknown. */
export type SpanColumns = { readonly [name in keyof typeof arrays]: InstanceType<(typeof arrays)[name]> }
export type SpanColumn = keyof SpanColumns

const names = Object.keys(arrays) as SpanColumn[]
export const spanColumns: readonly SpanColumn[] = names
/** Where spans stand; rows by ids follow from these. */
export const layoutColumns = ['id', 'trace', 'end', 'depth', 'alive'] as const satisfies (keyof Layout)[]
const cells = ['id', 'trace', 'pre', 'last', 'depth', ...names]
const select = `SELECT ${cells.map(name => `span.${name}`).join()} FROM span`
const firstColumn = cells.indexOf(names[0]!)

/** Rows read between two turns of others: about five milliseconds. */
const slice = 5000

export interface Spans {
  readonly layout: Layout
  readonly columns: SpanColumns
}

/** All spans in slices, by id; then each is put in its place. */
export function* loadSpans(store: Store, traces: Traces): Generator<void, Spans> {
  const page = store.statement<[number], (number | null)[]>(`${select} WHERE id > ? ORDER BY id LIMIT ${slice}`).raw()
  const count = store.statement<[], { n: number }>('SELECT count(*) AS n FROM span').get()!.n
  const arrived = new Arrivals(count)
  for (let after = 0; ;) {
    const rows = page.all(after)
    for (const row of rows) arrived.add(row, traces)
    if (rows.length < slice) break
    after = rows.at(-1)![0]!
    yield
  }
  return arrived.placed(traces)
}

/** Spans in order of arrival. */
class Arrivals {
  private count = 0
  private id: Uint32Array
  private place: Uint32Array
  private pre: Uint32Array
  private reach: Uint32Array
  private depth: Uint32Array
  private columns: { [name in SpanColumn]: SpanColumns[name] }
  private known = -1
  private knownPlace = -1

  constructor(expected: number) {
    const wide = () => new Uint32Array(expected)
    ;[this.id, this.place, this.pre, this.reach, this.depth] = [wide(), wide(), wide(), wide(), wide()]
    this.columns = emptyColumns(expected)
  }

  add(row: readonly (number | null)[], traces: Traces): void {
    if (row[1] !== this.known) [this.known, this.knownPlace] = [row[1]!, placeOf(traces, row[1]!)]
    // Of a trace that came meanwhile: it is added when the table is next looked at.
    if (this.knownPlace < 0) return
    if (this.count === this.id.length) this.grow()
    const i = this.count++
    this.id[i] = row[0]!
    this.place[i] = this.knownPlace
    this.pre[i] = row[2]!
    this.reach[i] = row[3]! - row[2]!
    this.depth[i] = row[4]!
    for (let c = 0; c < names.length; c++) this.columns[names[c]!][i] = row[firstColumn + c] ?? Number.NaN
  }

  private grow(): void {
    const length = this.id.length * 2 + 1000
    for (const key of ['id', 'place', 'pre', 'reach', 'depth'] as const) this[key] = longer(this[key], length)
    this.columns = mapColumns(column => longer(column, length), this.columns)
  }

  /** In reading order, trace by trace. A trace whose order is due stands as it came, nothing above anything. */
  placed(traces: Traces): Spans {
    const { count, id, place, pre, reach, depth } = this
    traces.rows.fill(0)
    for (let i = 0; i < count; i++) traces.rows[place[i]!]!++
    for (let t = 0, first = 0; t < traces.count; t++) {
      traces.first[t] = first
      first += traces.rows[t]!
    }
    const rowOf = new Uint32Array((count > 0 ? id[count - 1]! : 0) + 1)
    const rows = new Uint32Array(count)
    const next = new Uint32Array(traces.count)
    const layout = emptyLayout(count, rowOf)
    for (let i = 0; i < count; i++) {
      const t = place[i]!
      const settled = traces.dirty[t] === 0 && pre[i]! + reach[i]! < traces.rows[t]!
      const row = traces.first[t]! + (settled ? pre[i]! : next[t]!)
      next[t]!++
      rows[i] = row
      layout.id[row] = id[i]!
      layout.trace[row] = t
      layout.end[row] = row + (settled ? reach[i]! : 0)
      layout.depth[row] = depth[i]!
      rowOf[id[i]!] = row + 1
    }
    const columns = mapColumns((column, name) => {
      const ordered = new arrays[name](count)
      for (let i = 0; i < count; i++) ordered[rows[i]!] = column[i]!
      return ordered
    }, this.columns)
    return { layout, columns }
  }
}

const ofTrace = `${select.replace(
  'FROM span',
  `FROM span_run AS run
  CROSS JOIN span ON span.id >= run.first AND span.id < run.first + run.n AND span.trace = run.trace`,
)}
  WHERE run.trace = ?`

/** With these traces as they are now, behind all others; where they stood before, nothing lives any more. */
export function renewedSpans(
  store: Store,
  before: Spans,
  traces: Traces,
  ids: readonly number[],
  lastSpan: number,
): Spans {
  const from = before.layout.id.length
  const rowsOf = store.statement<[number], (number | null)[]>(ofTrace).raw()
  const found: { readonly place: number; readonly rows: (number | null)[][] }[] = []
  let length = from
  for (const id of ids) {
    const place = placeOf(traces, id)
    if (place < 0) continue
    const by = traces.dirty[place] === 0 ? 2 : 0
    const rows = rowsOf.all(id).sort((a, b) => a[by]! - b[by]!)
    found.push({ place, rows })
    length += rows.length
  }
  const { layout: old } = before
  const layout = {
    id: longer(old.id, length),
    trace: longer(old.trace, length),
    end: longer(old.end, length),
    depth: longer(old.depth, length),
    rowOf: lastSpan < old.rowOf.length ? old.rowOf.slice() : longer(old.rowOf, lastSpan + 1),
    alive: longer(old.alive, length).fill(1, from),
    dead: old.dead,
  }
  const columns = mapColumns(column => longer(column, length), before.columns)
  let row = from
  for (const { place, rows } of found) {
    const known = traces.rows[place]!
    if (known > 0) layout.alive.fill(0, traces.first[place], traces.first[place]! + known)
    layout.dead += known
    traces.first[place] = row
    traces.rows[place] = rows.length
    for (const cell of rows) {
      if (layout.rowOf.length <= cell[0]!) layout.rowOf = longer(layout.rowOf, cell[0]! + 1000)
      layout.id[row] = cell[0]!
      layout.trace[row] = place
      layout.end[row] = row + (traces.dirty[place] === 0 ? cell[3]! - cell[2]! : 0)
      layout.depth[row] = cell[4]!
      layout.rowOf[cell[0]!] = row + 1
      for (let c = 0; c < names.length; c++) columns[names[c]!][row] = cell[firstColumn + c] ?? Number.NaN
      row++
    }
  }
  return { layout, columns }
}

export function emptySpans(): Spans {
  return { layout: emptyLayout(0, new Uint32Array(1)), columns: emptyColumns(0) }
}

function emptyLayout(count: number, rowOf: Uint32Array): Layout {
  const wide = () => new Uint32Array(count)
  return { id: wide(), trace: wide(), end: wide(), depth: wide(), rowOf, alive: new Uint8Array(count).fill(1), dead: 0 }
}

function emptyColumns(count: number): SpanColumns {
  return Object.fromEntries(names.map(name => [name, new arrays[name](count)])) as unknown as SpanColumns
}

function mapColumns(
  map: (column: SpanColumns[SpanColumn], name: SpanColumn) => SpanColumns[SpanColumn],
  columns: SpanColumns,
): SpanColumns {
  return Object.fromEntries(names.map(name => [name, map(columns[name], name)])) as unknown as SpanColumns
}
