import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Store } from '../open.ts'
import { bookKey } from '../price-book.ts'
import { schemaVersion } from '../schema.ts'
import { fingerprint, isOf, madeAt, type IndexState } from '../text-index/identity.ts'
import { removeUnfinished } from '../text-index/schema.ts'
import { finishInTurns, type NumberArray } from './arrays.ts'
import { callCosts } from './call-costs.ts'
import { callColumns, type Calls } from './calls.ts'
import { pack, unpack, type Packed } from './packed.ts'
import { layoutColumns, spanColumns, type Layout, type Spans, type SpanColumns } from './span-columns.ts'
import type { StoreState } from './state.ts'
import type { KeptCosts, Table, TableParts } from './table.ts'
import { traceColumns, type Traces } from './traces.ts'

/** What the file means; another number is another file. */
const layout = `columns 1, schema ${schemaVersion}`
const mark = 'spanwise columns'

/** Of fewer rows the columns are read from the store in a moment. */
export const fewestKept = 100_000

/** Beside the store, and nothing but derived from it: numbers only, and removing it costs time only. */
export function columnsPathOf(storePath: string): string {
  return `${storePath}.columns`
}

export function removeColumns(storePath: string): void {
  const file = columnsPathOf(storePath)
  rmSync(file, { force: true, recursive: false })
  removeUnfinished(file)
}

interface KeptColumn extends Packed {
  /** Where its bytes begin. */
  readonly at: number
}

interface Head {
  readonly mark: string
  /** Whose columns these are. */
  readonly of: Pick<IndexState, 'rules' | 'made' | 'imports' | 'record' | 'block' | 'hash'>
  readonly state: Omit<StoreState, 'imports' | 'importing'>
  readonly columns: { readonly [name: string]: KeptColumn }
  readonly dead: number
  readonly lastSpan: number
  /** By which prices the computed costs are; absent where none are here. */
  readonly prices?: string
}

/** The parts of a table, each column by a name of its own. */
function namedColumns({ traces, spans, calls }: TableParts): [string, () => NumberArray][] {
  return [
    ...layoutColumns.map(name => [`layout ${name}`, () => spans.layout[name]] as [string, () => NumberArray]),
    ...spanColumns.map(name => [`span ${name}`, () => spans.columns[name]] as [string, () => NumberArray]),
    ...callColumns.map(name => [`call ${name}`, () => calls[name]] as [string, () => NumberArray]),
    ...traceColumns.map(name => [`trace ${name}`, () => traces[name]] as [string, () => NumberArray]),
  ]
}

/** Writes the columns of a table beside its store, one at a time between others' work. Whole before it has its name. */
export async function keepColumns(table: Table): Promise<void> {
  const { store, state, parts } = table
  const file = columnsPathOf(store.path)
  const unfinished = `${file}.new-${process.pid}`
  removeUnfinished(file)
  const record = Math.max(state.lastSpan, state.lastExtra)
  const { imports, block, hash } = fingerprint(store, record)
  const known = imports.filter(([id]) => state.imports.has(id))
  const handle = await open(unfinished, 'w', 0o600)
  try {
    const columns: Record<string, KeptColumn> = {}
    let at = 0
    const costs = areComputed(table) ? callCosts(table) : undefined
    const prices = costs && bookKey(store)
    const derived: [string, () => NumberArray][] = costs
      ? [
          ['cost computed', () => costs.computed],
          ['cost why', () => costs.why],
        ]
      : []
    for (const [name, column] of [...namedColumns(parts), ...derived]) {
      const { packed, bytes } = await finishInTurns(pack(column()))
      columns[name] = { ...packed, at }
      await handle.write(bytes, 0, bytes.length, at)
      at = Math.ceil((at + bytes.length) / 8) * 8
    }
    const { imports: _, importing: __, ...kept } = state
    const { dead, rowOf } = parts.spans.layout
    const of = { rules: layout, made: madeAt(store), imports: known, record, block, hash }
    const head: Head = {
      mark,
      of,
      state: kept,
      columns,
      dead,
      lastSpan: rowOf.length - 1,
      ...(prices === undefined ? {} : { prices }),
    }
    const text = Buffer.from(JSON.stringify(head))
    const end = Buffer.alloc(8)
    end.writeDoubleLE(text.length)
    await handle.write(Buffer.concat([text, end]), 0, text.length + 8, at)
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
  } finally {
    await handle.close().catch(() => {})
    await rm(unfinished, { force: true })
  }
}

export interface KeptTable {
  readonly state: StoreState
  readonly parts: TableParts
}

/**
 * The columns that were kept of this store, each made when it is first looked at: what they lack is what came since. Undefined
 * where there are none, and where they are of another store, of one that has lost something since, or damaged.
 */
export function keptColumns(store: Store): KeptTable | undefined {
  if (store.path === ':memory:') return undefined
  try {
    const bytes = readWhole(columnsPathOf(store.path))
    const head = bytes && readHead(bytes)
    if (!bytes || !head || !isOf(head.of, store, layout)) return undefined
    return { state: stateOf(head), parts: partsOf(head, bytes, bookKey(store)) }
  } catch {
    return undefined
  }
}

function readWhole(file: string): Uint8Array | undefined {
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    // All of it is read, or none: there is no need for zeros first.
    const bytes = Buffer.allocUnsafeSlow(size)
    for (let at = 0; at < size;) {
      const read = readSync(opened, bytes, at, Math.min(size - at, 1 << 30), at)
      if (read === 0) return undefined
      at += read
    }
    return bytes
  } finally {
    closeSync(opened)
  }
}

function readHead(bytes: Uint8Array): Head | undefined {
  const length = Buffer.from(bytes.buffer, bytes.length - 8, 8).readDoubleLE()
  const head = JSON.parse(Buffer.from(bytes.buffer, bytes.length - 8 - length, length).toString()) as Head
  return head.mark === mark ? head : undefined
}

function stateOf({ of, state }: Head): StoreState {
  return { ...state, imports: new Set(of.imports.map(([id]) => id)), importing: false }
}

function partsOf({ columns, dead, lastSpan, prices, state }: Head, bytes: Uint8Array, key: string): TableParts {
  const read = (name: string): NumberArray => {
    const column = columns[name]!
    return unpack(column, bytes.subarray(column.at, column.at + column.width * column.length))
  }
  const lengthOf = (name: string): number => columns[name]!.length
  const [rows, calls, traces] = [lengthOf('layout id'), lengthOf('call row'), lengthOf('trace id')]
  const place = lazily<Omit<Layout, 'rowOf' | 'dead'>>(layoutColumns, name => read(`layout ${name}`))
  const parts = {
    traces: withCount(
      lazily<Omit<Traces, 'count'>>(traceColumns, name => read(`trace ${name}`)),
      traces,
    ),
    spans: {
      layout: withRows(place, dead, lastSpan),
      columns: lazily<SpanColumns>(spanColumns, name => read(`span ${name}`)),
    } satisfies Spans,
    calls: withCount(
      lazily<Omit<Calls, 'count'>>(callColumns, name => read(`call ${name}`)),
      calls,
    ),
  }
  // What loops walk along leads nowhere else.
  for (const [name, { length }] of Object.entries(columns)) {
    if (length !== (/^(layout|span) /.test(name) ? rows : name.startsWith('trace ') ? traces : calls)) throw damaged()
  }
  const { first, rows: own } = parts.traces
  for (let t = 0; t < traces; t++) if (!(first[t]! + own[t]! <= rows)) throw damaged()
  const { end, trace } = parts.spans.layout
  for (let row = 0; row < rows; row++)
    if (!(end[row]! >= row && end[row]! < rows && trace[row]! < traces)) throw damaged()
  const { row } = parts.calls
  for (let k = 0; k < calls; k++) if (!(row[k]! < rows)) throw damaged()
  if (prices !== key) return { ...parts, kept: { rows, book: undefined } }
  const costs = lazily<Pick<KeptCosts, 'computed' | 'why'>>(['computed', 'why'], name => read(`cost ${name}`))
  const { book } = state
  return { ...parts, costs: Object.assign(costs, { book, of: parts.calls }), kept: { rows, book } }
}

function damaged(): Error {
  return new Error('Columns that were kept say what cannot be.')
}

/** Whether somebody asked for costs: they are not computed to be kept. */
export function areComputed(table: Table): boolean {
  return table.known('call costs')
}

function withCount<T extends object>(columns: T, count: number): T & { readonly count: number } {
  return Object.defineProperty(columns, 'count', { value: count, enumerable: true }) as T & { readonly count: number }
}

/** Rows by ids follow from ids by rows. */
function withRows(columns: Omit<Layout, 'rowOf' | 'dead'>, dead: number, lastSpan: number): Layout {
  let rowOf: Uint32Array | undefined
  const make = (): Uint32Array => {
    const { id, alive } = columns
    const rows = new Uint32Array(lastSpan + 1)
    for (let row = 0; row < id.length; row++) if (alive[row] === 1) rows[id[row]!] = row + 1
    return rows
  }
  Object.defineProperty(columns, 'rowOf', { get: () => (rowOf ??= make()), enumerable: true })
  return Object.defineProperty(columns, 'dead', { value: dead, enumerable: true }) as Layout
}

/** An object whose columns are made when they are first looked at. */
function lazily<T extends object>(names: readonly (keyof T & string)[], make: (name: string) => NumberArray): T {
  const made = {}
  for (const name of names) {
    let known: NumberArray | undefined
    Object.defineProperty(made, name, { get: () => (known ??= make(name)), enumerable: true })
  }
  return made as T
}
