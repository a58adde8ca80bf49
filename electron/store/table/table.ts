import type { FieldRef } from '../../../shared/query/fields.ts'
import { isSaidField, type SaidField } from '../../../shared/query/said.ts'
import type { Store } from '../open.ts'
import { generationOf } from '../prompts/columns.ts'
import { finish } from './arrays.ts'
import { emptyCalls, loadCalls, renewedCalls, type Calls } from './calls.ts'
import type { ColumnFacts } from './column-facts.ts'
import { Derived, ownColumn } from './derived.ts'
import type { Elsewhere, SaidColumn } from './elsewhere.ts'
import { keptColumns, type Follower } from './kept-columns.ts'
import type { PackedNumbers } from './packed-numbers.ts'
import { readLabels, type LabelNames } from './labels.ts'
import { Names } from './names.ts'
import {
  emptySpans,
  loadSpans,
  renewedSpans,
  type Layout,
  type SpanColumn,
  type SpanColumns,
  type Spans,
} from './span-columns.ts'
import { changedTraces, isAnother, noState, readState, type StoreState } from './state.ts'
import { emptyTraces, loadTraces, renewedTraces, type Traces } from './traces.ts'

export interface TableParts {
  readonly traces: Traces
  readonly spans: Spans
  readonly calls: Calls
  readonly costs?: KeptCosts | undefined
  /** What lies beside the store of these very calls, and is read when somebody wants it. */
  readonly beside?: BesideCalls | undefined
  /** What lies beside the store. */
  readonly kept?: KeptBeside | undefined
}

export interface BesideCalls {
  readonly calls: Calls
  readonly follower: (name: string) => Uint32Array | undefined
  /** Of a column that need not be read for it. */
  readonly facts: (name: string) => ColumnFacts | undefined
  /** Of a column that was not made yet. */
  readonly packed: (name: string) => PackedNumbers | undefined
}

export interface KeptBeside {
  readonly rows: number
  /** By which prices the costs are; undefined where there are none. */
  readonly book: number | undefined
  readonly followers: readonly Follower[]
}

/** What lies beside the store of the costs of these very calls, by the prices of this number. */
export interface KeptCosts {
  readonly book: number
  readonly of: Calls
  readonly computed: Float64Array
  readonly why: Uint8Array
}

interface KnownColumn {
  readonly column: SaidColumn
  /** Counts what came. */
  readonly version: number
}

/** What a span may come to say without a new record: an import that finds it here brings it too. */
const toldLater: ReadonlySet<string> = new Set(['score', 'tag', 'note', 'import'])

/**
 * A store's columns as typed arrays, some 90 bytes a span: what filters, counts, facets and histograms run over. A row is a
 * span; the rows of a trace stand together in reading order, so that row i's descendants are rows i + 1 … end[i]. A table
 * does not change: what came to the store meanwhile is in the one that `renewed` makes of it.
 */
export class Table {
  readonly store: Store
  readonly names: Names
  readonly state: StoreState
  readonly traces: Traces
  readonly layout: Layout
  readonly calls: Calls
  readonly parts: TableParts
  private labelNames: LabelNames | undefined
  private readonly made = new Derived()
  /** What persons said may have changed since these were made. */
  private readonly passing = new Derived()
  private readonly said = new Map<SaidField, KnownColumn>()
  private elsewhere: Elsewhere | undefined
  /** Whether some column that the last work asked for is not all there yet. */
  isPartly = false

  constructor(store: Store, state: StoreState, parts: TableParts, names = new Names(store)) {
    this.store = store
    this.state = state
    this.parts = parts
    this.names = names
    this.traces = parts.traces
    this.layout = parts.spans.layout
    this.calls = parts.calls
    for (const columns of [parts.traces, parts.spans.layout, parts.spans.columns, parts.calls]) ownColumns(columns)
  }

  /** How many rows there are, those that no longer live included. */
  get rows(): number {
    return this.layout.id.length
  }

  column<C extends SpanColumn>(name: C): SpanColumns[C] {
    return this.parts.spans.columns[name]
  }

  get labels(): LabelNames {
    return (this.labelNames ??= readLabels(this.store))
  }

  /** The row right above each; -1 for none. */
  get parent(): Int32Array {
    return this.derived('parent', () => parentsOf(this.layout))
  }

  /** What follows from the columns, kept as long as they are and there is room. */
  derived<T>(key: string, make: () => T): T {
    return this.made.get(key, make)
  }

  /** The same where it is there already. */
  known(key: string): boolean {
    return this.made.has(key)
  }

  /** What follows from all that the store holds: made anew after anybody wrote to it. */
  untilWritten<T>(key: string, make: () => T): T {
    return this.passing.get(key, make)
  }

  /** What follows from a field: persons and other systems may say more of some at any time, recovery and the index of others. */
  ofField<T>({ id }: FieldRef, key: string, make: () => T): T {
    if (isSaidField(id)) {
      const known = this.saidColumn(id)
      return known ? this.untilWritten(`${key} ${known.version}`, make) : make()
    }
    if (id === 'prompt' || id === 'prompt.version') return this.derived(`${key} ${generationOf(this)}`, make)
    return toldLater.has(id) ? this.untilWritten(key, make) : this.derived(key, make)
  }

  written(): void {
    this.passing.clear()
    this.said.clear()
  }

  /** Work that may need what the index knows of all spans: who does is asked for it once. */
  asking<T>(elsewhere: Elsewhere, work: () => T): T {
    this.elsewhere = elsewhere
    this.isPartly = false
    try {
      return work()
    } finally {
      this.elsewhere = undefined
    }
  }

  /** What the index knows of all spans; undefined where nobody can be asked. A part of it is asked for again. */
  saidColumn(field: SaidField): KnownColumn | undefined {
    const known = this.said.get(field)
    if (known?.column.isWhole || !this.elsewhere) return known
    const column = this.elsewhere({ type: 'column', field })
    this.isPartly ||= !column.isWhole
    if (known?.column === column) return known
    const made = { column, version: (known?.version ?? 0) + 1 }
    this.said.set(field, made)
    return made
  }

  /** The table of what the store holds now; undefined where any row may be another. */
  renewed(): Table | undefined {
    const { store, state } = this
    const now = readState(store)
    if (isAnother(state, now)) return undefined
    const changed = changedTraces(store, state, now)
    if (changed.length === 0) {
      // By other prices all that was made of costs is another; the columns are the same.
      return now.book === state.book ? this : new Table(store, now, this.parts, this.names)
    }
    // Rows that nobody lives in are skipped at a price.
    if (this.layout.dead > this.rows / 2 && this.layout.dead > 100_000) return undefined
    return this.with(changed, now)
  }

  /** The same with these traces as they are now. */
  with(changed: readonly number[], now = this.state): Table {
    const { store, parts } = this
    const ids = changed.toSorted((a, b) => a - b)
    const traces = renewedTraces(store, parts.traces, ids)
    const spans = renewedSpans(store, parts.spans, traces, ids, now.lastSpan)
    const calls = renewedCalls(store, parts.calls, spans.layout, ids)
    return new Table(store, now, { traces, spans, calls, kept: parts.kept }, this.names)
  }
}

/** Reads a store: what was kept of its columns, and what came since; else all of it in slices. */
export function* loadTable(store: Store): Generator<void, Table> {
  const kept = keptColumns(store)
  yield
  const table = kept && new Table(store, kept.state, kept.parts).renewed()
  return table ?? (yield* readTable(store))
}

/** Reads a store in slices. What is written to it meanwhile is in the table that `renewed` then makes. */
export function* readTable(store: Store): Generator<void, Table> {
  const state = readState(store)
  const traces = yield* loadTraces(store)
  yield
  const spans = yield* loadSpans(store, traces)
  const calls = yield* loadCalls(store, spans.layout)
  return new Table(store, state, { traces, spans, calls })
}

/** A table of no trace, for `with`. */
export function emptyTable(store: Store): Table {
  const traces = emptyTraces(0)
  const spans = emptySpans()
  return new Table(store, noState, { traces, spans, calls: emptyCalls(0) })
}

/** Those that are there; of those that are read when they are looked at whoever reads them says so. */
function ownColumns(columns: object): void {
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(columns)))
    if (ArrayBuffer.isView(value)) ownColumn(value)
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

interface Kept {
  table: Table
  version: string
  /** When it was last renewed, and how long that took; milliseconds. */
  at: number
  took: number
}

const tables = new WeakMap<Store, Kept>()

/** While an import runs, the table is renewed in a sixth of the time at most. */
const share = 5

/** The table of what the store holds now. While an import runs, it may be that of a moment ago. */
export function tableOf(store: Store): Table {
  const known = tables.get(store)
  const version = versionOf(store)
  if (known?.version === version) return known.table
  const started = performance.now()
  if (known && started - known.at < known.took * share && readState(store).importing) return known.table
  const table = known?.table.renewed() ?? finish(loadTable(store))
  if (table === known?.table) table.written()
  keep(store, table, version, started)
  return table
}

/** The table of what the store holds now, where nothing needs to be read for it. */
export function currentTable(store: Store): Table | undefined {
  const known = tables.get(store)
  return known?.version === versionOf(store) ? known.table : undefined
}

/** A table that was read in turns with others' work; the next question finds it. */
export function provideTable(store: Store, table: Table): void {
  keep(store, table, '', performance.now())
}

/** Whether there is a table already: then asking it beats asking the store. */
export function hasTable(store: Store): boolean {
  return tables.has(store)
}

function keep(store: Store, table: Table, version: string, started: number): void {
  const now = performance.now()
  tables.set(store, { table, version, at: now, took: now - started })
}

function versionOf(store: Store): string {
  const own = store.statement<[], number>('SELECT total_changes()').pluck().get()
  return `${String(store.db.pragma('data_version', { simple: true }))}:${own}`
}
