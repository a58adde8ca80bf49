import type { Store } from '../open.ts'
import { loadCalls, type Calls } from './calls.ts'
import { readLabels, type LabelNames } from './labels.ts'
import { Names } from './names.ts'
import { layOutRows, readSpanColumns, type Layout, type SpanColumn, type SpanColumns } from './span-columns.ts'
import { loadTraces, type Traces } from './traces.ts'

/**
 * A store's columns as typed arrays: what filters, counts, facets and histograms run over. A row is a span; the rows of a
 * trace stand together in reading order, so that row i's descendants are rows i + 1 … end[i]. Columns are read when they
 * are first asked for.
 */
export class Table {
  readonly store: Store
  readonly names: Names
  readonly traces: Traces
  readonly layout: Layout
  private readonly columns: { [name in SpanColumn]?: SpanColumns[name] } = {}
  private callColumns: Calls | undefined
  private labelNames: LabelNames | undefined
  private parents: Int32Array | undefined
  private readonly made = new Map<string, unknown>()

  constructor(store: Store) {
    this.store = store
    this.names = new Names(store)
    this.traces = loadTraces(store)
    this.layout = layOutRows(store, this.traces)
  }

  /** How many rows there are. */
  get rows(): number {
    return this.layout.id.length
  }

  /** Reads those that are not there yet in one pass. */
  need(names: readonly SpanColumn[]): void {
    const missing = names.filter(name => !this.columns[name])
    if (missing.length > 0) Object.assign(this.columns, readSpanColumns(this.store, this.layout, missing))
  }

  column<C extends SpanColumn>(name: C): SpanColumns[C] {
    this.need([name])
    return this.columns[name]!
  }

  get calls(): Calls {
    return (this.callColumns ??= loadCalls(this.store, this.layout))
  }

  get labels(): LabelNames {
    return (this.labelNames ??= readLabels(this.store))
  }

  /** The row right above each; -1 for none. */
  get parent(): Int32Array {
    return (this.parents ??= parentsOf(this.layout))
  }

  /** What is derived from the columns, kept as long as they are. */
  derived<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, make())
    return this.made.get(key) as T
  }
}

function parentsOf({ depth, end, trace }: Layout): Int32Array {
  const parent = new Int32Array(depth.length).fill(-1)
  const open: number[] = []
  for (let row = 0; row < parent.length; row++) {
    while (open.length > 0 && end[open.at(-1)!]! < row) open.pop()
    const above = open.at(-1)
    if (above !== undefined && trace[above] === trace[row] && depth[row] === depth[above]! + 1) parent[row] = above
    open.push(row)
  }
  return parent
}

const tables = new WeakMap<Store, { readonly version: string; readonly table: Table }>()

/** The table of what the store holds now. */
export function tableOf(store: Store): Table {
  const version = versionOf(store)
  const known = tables.get(store)
  if (known?.version === version) return known.table
  const table = store.snapshot(() => new Table(store))
  tables.set(store, { version, table })
  return table
}

function versionOf(store: Store): string {
  const { db } = store
  const own = db.prepare<[], number>('SELECT total_changes()').pluck().get()
  return `${String(db.pragma('data_version', { simple: true }))}:${own}`
}
