import { longer } from './arrays.ts'
import type { Store } from '../open.ts'
import type { Layout } from './span-columns.ts'

const names = ['model', 'provider', 'prompt', 'prompt_version', 'more'] as const
const numbers = [
  'input',
  'output',
  'cache_read',
  'cache_write',
  'cache_write_1h',
  'reasoning',
  'cost',
  'cost_rest',
  'first_token',
] as const
const columns = [...names, ...numbers] as const
export const callColumns = [...columns, 'row', 'counted'] as const
const select = `SELECT call.id, call.counted, ${columns.map(name => `call.${name}`).join()} FROM call`

/** Usage of the spans that have it, in order of rows. NaN is unknown; names are ids, 0 for none. */
export type Calls = { readonly [name in (typeof names)[number]]: Uint32Array } & {
  readonly [name in (typeof numbers)[number]]: Float64Array
} & {
  readonly count: number
  readonly row: Uint32Array
  /** 1 a call, 2 other usage that a total may add. */
  readonly counted: Uint8Array
}

type Row = readonly (number | null)[]
const slice = 5000

export function* loadCalls(store: Store, layout: Layout): Generator<void, Calls> {
  const page = store.statement<[number], Row>(`${select} WHERE call.id > ? ORDER BY call.id LIMIT ${slice}`).raw()
  const expected = store.statement<[], { n: number }>('SELECT count(*) AS n FROM call').get()!.n
  let arrived = emptyCalls(expected)
  let into = new Filled(arrived)
  let count = 0
  for (let after = 0; ;) {
    const rows = page.all(after)
    for (const cells of rows) {
      const row = rowOf(layout, cells)
      if (row < 0) continue
      // More came meanwhile.
      if (count === arrived.count) {
        arrived = mapCalls(arrived, count * 2 + slice, column => longer(column, count * 2 + slice))
        into = new Filled(arrived)
      }
      into.fill(count++, row, cells)
    }
    if (rows.length < slice) break
    after = rows.at(-1)![0]!
    yield
  }
  return inOrder(arrived, count, layout)
}

/** As they came, in order of rows. No row has two. */
function inOrder(arrived: Calls, count: number, layout: Layout): Calls {
  const at = new Int32Array(layout.id.length).fill(-1)
  for (let k = 0; k < count; k++) at[arrived.row[k]!] = k
  const order = new Uint32Array(count)
  for (let row = 0, n = 0; row < at.length; row++) if (at[row]! >= 0) order[n++] = at[row]!
  return mapCalls(arrived, count, column => picked(column, order))
}

/** The values at these places. */
export function picked<T extends Uint8Array | Uint32Array | Float64Array>(column: T, order: Uint32Array): T {
  const made = new (column.constructor as new (length: number) => T)(order.length)
  for (let n = 0; n < made.length; n++) made[n] = column[order[n]!]!
  return made
}

function mapCalls(
  calls: Calls,
  count: number,
  change: <T extends Uint8Array | Uint32Array | Float64Array>(column: T) => T,
): Calls {
  const made = callColumns.map(name => [name, change(calls[name])])
  return { ...Object.fromEntries(made), count }
}

/** Columns by their numbers: looked up by name, a million rows take three times as long. */
class Filled {
  private readonly calls: Calls
  private readonly names: readonly Uint32Array[]
  private readonly numbers: readonly Float64Array[]

  constructor(calls: Calls) {
    this.calls = calls
    this.names = names.map(name => calls[name])
    this.numbers = numbers.map(name => calls[name])
  }

  fill(k: number, row: number, cells: Row): void {
    this.calls.row[k] = row
    this.calls.counted[k] = cells[1]!
    for (let c = 0; c < names.length; c++) this.names[c]![k] = cells[2 + c]!
    for (let c = 0; c < numbers.length; c++) this.numbers[c]![k] = cells[2 + names.length + c] ?? Number.NaN
  }
}

const ofTrace = `${select.replace(
  'FROM call',
  `FROM span_run AS run
  CROSS JOIN call ON call.id >= run.first AND call.id < run.first + run.n AND call.trace = run.trace`,
)}
  WHERE run.trace = ?`

/** With those of these traces as they are now, behind all others. What belonged to rows that moved says nothing any more. */
export function renewedCalls(store: Store, before: Calls, layout: Layout, ids: readonly number[]): Calls {
  const rowsOf = store.statement<[number], Row>(ofTrace).raw()
  const found = ids.flatMap(id => rowsOf.all(id).filter(row => rowOf(layout, row) >= 0))
  const { count } = before
  const all = emptyCalls(count + found.length)
  for (const key of callColumns) all[key].set(before[key])
  for (let k = 0; k < count; k++) {
    if (layout.alive[all.row[k]!] === 1) continue
    all.counted[k] = 0
    for (const key of names) all[key][k] = 0
    for (const key of numbers) all[key][k] = Number.NaN
  }
  return put(all, count, found, layout)
}

function rowOf({ rowOf: rows }: Layout, cells: Row): number {
  return (rows[cells[0]!] ?? 0) - 1
}

export function emptyCalls(count: number): Calls {
  const named = Object.fromEntries(names.map(name => [name, new Uint32Array(count)]))
  const known = Object.fromEntries(numbers.map(name => [name, new Float64Array(count)]))
  const made = { ...named, ...known, count, row: new Uint32Array(count), counted: new Uint8Array(count) }
  return made as unknown as Calls
}

function put(calls: Calls, from: number, found: Row[], layout: Layout): Calls {
  const rows = Uint32Array.from(found, cells => rowOf(layout, cells))
  const order = Uint32Array.from(rows, (_, i) => i).sort((a, b) => rows[a]! - rows[b]!)
  const into = new Filled(calls)
  for (const [n, i] of order.entries()) into.fill(from + n, rows[i]!, found[i]!)
  return calls
}
