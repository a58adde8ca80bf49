import { rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Store } from '../open.ts'
import { bookKey } from '../price-book.ts'
import { schemaVersion } from '../schema.ts'
import { fingerprint, isOf, madeAt, type IndexState } from '../text-index/identity.ts'
import { removeUnfinished } from '../text-index/schema.ts'
import { finishInTurns, type NumberArray } from './arrays.ts'
import { callCosts } from './call-costs.ts'
import { callColumns, type Calls } from './calls.ts'
import { factsOf, type ColumnFacts } from './column-facts.ts'
import { ColumnFile } from './column-file.ts'
import { ownColumn } from './derived.ts'
import { packedNumbers, type PackedNumbers } from './packed-numbers.ts'
import { largestOf, pack, unpack, type Packed } from './packed.ts'
import { layoutColumns, spanColumns, type Layout, type Spans, type SpanColumns } from './span-columns.ts'
import type { StoreState } from './state.ts'
import type { BesideCalls, KeptCosts, Table, TableParts } from './table.ts'
import { traceColumns, type Traces } from './traces.ts'

/** What the file means; another number is another file. */
const layout = `columns 2, schema ${schemaVersion}`
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

/** What follows from the columns of calls and takes longer to make than to read: orders, smallest first, and times. */
const followers = ['order lengths', 'order first tokens', 'minutes'] as const
export type Follower = (typeof followers)[number]

/** Under which a table keeps what follows; of other numbers an order has no name in the file. */
export function followerKey(name: Follower | `order ${string}`): string {
  return `pivot ${name}`
}

/** What lies beside the store of these very calls. */
export function keptFollower(table: Table, name: string): Uint32Array | undefined {
  return besideOf(table, name)?.follower(name)
}

/** What lies beside the store of these very calls, and by the prices that are in use. */
function besideOf({ calls, state, parts: { beside, costs } }: Table, name: string): BesideCalls | undefined {
  if (beside?.calls !== calls || (name.startsWith('cost ') && costs?.book !== state.book)) return undefined
  return beside
}

/** Numbers of calls as they are packed there; undefined where they were unpacked already, or are too wide. */
export function keptPacked(table: Table, name: string): PackedNumbers | undefined {
  return table.derived(`packed ${name}`, () => besideOf(table, name)?.packed(name))
}

/** What a column of numbers is known to be; `numbers` are looked at where it does not lie there. */
export function keptFacts(table: Table, name: string, numbers: () => Float64Array): ColumnFacts {
  return besideOf(table, name)?.facts(name) ?? factsOf(numbers())
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
    for (const name of followersMade(table)) {
      const numbers = table.derived(followerKey(name), (): Uint32Array => new Uint32Array())
      derived.push([name, () => numbers])
    }
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
    const file = new ColumnFile(columnsPathOf(store.path))
    const parts = partsIn(file, store)
    if (!parts) file.close()
    return parts
  } catch {
    return undefined
  }
}

function partsIn(file: ColumnFile, store: Store): KeptTable | undefined {
  try {
    const head = readHead(file)
    if (!head || !isOf(head.of, store, layout)) return undefined
    return { state: stateOf(head), parts: partsOf(head, file, bookKey(store)) }
  } catch {
    return undefined
  }
}

function readHead(file: ColumnFile): Head | undefined {
  const length = Buffer.from(file.read(file.size - 8, 8)).readDoubleLE()
  const head = JSON.parse(Buffer.from(file.read(file.size - 8 - length, length)).toString()) as Head
  return head.mark === mark ? head : undefined
}

function stateOf({ of, state }: Head): StoreState {
  return { ...state, imports: new Set(of.imports.map(([id]) => id)), importing: false }
}

function partsOf({ columns, dead, lastSpan, prices, state }: Head, file: ColumnFile, key: string): TableParts {
  const unread = new Set(Object.keys(columns))
  const bytesOf = (name: string): Uint8Array => {
    const { at, width, length } = columns[name]!
    return file.read(at, width * length)
  }
  const read = (name: string): NumberArray => {
    const column = ownColumn(unpack(columns[name]!, bytesOf(name)))
    unread.delete(name)
    if (unread.size === 0) file.close()
    return column
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
  for (const [name, { length, at, width }] of Object.entries(columns)) {
    const follows = followers.some(one => one === name)
    const expected = /^(layout|span) /.test(name) ? rows : name.startsWith('trace ') ? traces : calls
    if (follows ? length > calls : length !== expected) throw damaged()
    if (!(at >= 0 && at + width * length <= file.size)) throw damaged()
  }
  // What loops walk along leads nowhere else. Mostly a few bytes tell that; else all of the column is looked through.
  const isBelow = (name: string, most: number): boolean => largestOf(columns[name]!, bytesOf(name)) < most
  if (!areRowsOf(parts.traces, rows)) throw damaged()
  if (!isItself(columns['layout end']!) && !areEnds(parts.spans.layout.end)) throw damaged()
  if (!isBelow('layout trace', traces) || !isBelow('call row', rows)) throw damaged()
  const kept = { rows, followers: followers.filter(name => unread.has(name)) }
  const follower = (name: string): Uint32Array | undefined =>
    kept.followers.some(one => one === name) ? (read(name) as Uint32Array) : undefined
  const factsIn = (name: string): ColumnFacts | undefined => columns[name]?.facts
  const packed = (name: string): PackedNumbers | undefined =>
    unread.has(name) ? packedNumbers(columns[name]!, bytesOf(name)) : undefined
  const whole = { ...parts, beside: { calls: parts.calls, follower, facts: factsIn, packed } }
  if (prices !== key) return { ...whole, kept: { ...kept, book: undefined } }
  const costs = lazily<Pick<KeptCosts, 'computed' | 'why'>>(['computed', 'why'], name => read(`cost ${name}`))
  const { book } = state
  return { ...whole, costs: Object.assign(costs, { book, of: parts.calls }), kept: { ...kept, book } }
}

function areRowsOf({ first, rows, count }: Traces, all: number): boolean {
  for (let t = 0; t < count; t++) if (!(first[t]! + rows[t]! <= all)) return false
  return true
}

/** Nothing stands below anything. */
function isItself({ from, least, width }: Packed): boolean {
  return from === 'place' && least === 0 && width === 0
}

function areEnds(end: Uint32Array): boolean {
  for (let row = 0; row < end.length; row++) if (!(end[row]! >= row && end[row]! < end.length)) return false
  return true
}

function damaged(): Error {
  return new Error('Columns that were kept say what cannot be.')
}

/** Of what follows that which somebody asked for: it is not made to be kept. */
export function followersMade(table: Table): readonly Follower[] {
  return followers.filter(name => table.known(followerKey(name)))
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
