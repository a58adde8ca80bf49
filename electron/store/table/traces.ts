import type { Store } from '../open.ts'
import { longer, type NumberArray } from './arrays.ts'

const counts = ['spans', 'calls', 'errors', 'tools', 'uncosted'] as const
const numbers = ['start', 'dur', 'input', 'output', 'cost'] as const
const names = ['name', 'session', 'user', 'environment', 'release', 'application'] as const

const arrays = {
  id: Uint32Array,
  spans: Uint32Array,
  calls: Uint32Array,
  errors: Uint32Array,
  tools: Uint32Array,
  uncosted: Uint32Array,
  name: Uint32Array,
  session: Uint32Array,
  user: Uint32Array,
  environment: Uint32Array,
  release: Uint32Array,
  application: Uint32Array,
  /** Microseconds. */
  start: Float64Array,
  dur: Float64Array,
  start_ns: Uint16Array,
  dur_ns: Uint16Array,
  input: Float64Array,
  output: Float64Array,
  cost: Float64Array,
  /** 1 while its order is due. */
  dirty: Uint8Array,
} as const
type Column = keyof typeof arrays

/** One entry a trace, in order of ids. NaN is unknown; names are ids, 0 for none. */
export type Traces = { readonly [column in Column]: InstanceType<(typeof arrays)[column]> } & {
  readonly count: number
  /** Its first row; how many follow is in `rows`. */
  readonly first: Uint32Array
  readonly rows: Uint32Array
}

export const traceColumns = [...(Object.keys(arrays) as Column[]), 'first', 'rows'] as const

const columns = ['id', 'start_ns', 'dur_ns', 'dirty', ...counts, ...names, ...numbers] as const satisfies Column[]
const select = `SELECT ${columns.join()} FROM trace`

/** Rows read between two turns of others. */
const slice = 10_000

export function* loadTraces(store: Store): Generator<void, Traces> {
  const page = store.statement<[number], (number | null)[]>(`${select} WHERE id > ? ORDER BY id LIMIT ${slice}`).raw()
  let traces = emptyTraces(store.query<[], { total: number }>('trace-count').get()!.total)
  let count = 0
  for (let after = 0; ;) {
    const rows = page.all(after)
    if (count + rows.length > traces.id.length) traces = resized(traces, count + rows.length)
    for (const row of rows) put(traces, count++, row)
    if (rows.length < slice) return resized(traces, count)
    after = rows.at(-1)![0]!
    yield
  }
}

/** With these traces as they are now; those that are new come behind. */
export function renewedTraces(store: Store, before: Traces, ids: readonly number[]): Traces {
  const one = store.statement<[number], (number | null)[]>(`${select} WHERE id = ?`).raw()
  const traces = resized(before, before.count + ids.length)
  let { count } = before
  for (const id of ids) {
    const row = one.get(id)
    const place = placeOf(before, id)
    if (row) put(traces, place < 0 ? count++ : place, row)
  }
  return resized(traces, count)
}

/** Place of a trace by its id, -1 where there is none. */
export function placeOf({ id: ids, count }: Traces, id: number): number {
  let [from, to] = [0, count]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (ids[middle]! < id) from = middle + 1
    else to = middle
  }
  return from < count && ids[from] === id ? from : -1
}

function put(traces: Traces, place: number, row: readonly (number | null)[]): void {
  for (let c = 0; c < columns.length; c++) traces[columns[c]!][place] = row[c] ?? Number.NaN
}

export function emptyTraces(count: number): Traces {
  const made = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, new array(count)]))
  return { ...(made as unknown as Traces), count, first: new Uint32Array(count), rows: new Uint32Array(count) }
}

function resized(traces: Traces, count: number): Traces {
  if (count === traces.id.length) return { ...traces, count }
  const fit = <A extends NumberArray>(array: A): A =>
    count > array.length ? longer(array, count) : (array.subarray(0, count) as A)
  const made = Object.fromEntries((Object.keys(arrays) as Column[]).map(name => [name, fit(traces[name])]))
  return { ...(made as unknown as Traces), count, first: fit(traces.first), rows: fit(traces.rows) }
}
