import type { Store } from '../open.ts'

/** One entry a trace, in order of ids. NaN is unknown; names are ids, 0 for none. */
export interface Traces {
  readonly count: number
  readonly id: Uint32Array
  /** Its first row, and how many it has. */
  readonly first: Uint32Array
  readonly spans: Uint32Array
  /** Microseconds. */
  readonly start: Float64Array
  readonly startNs: Uint16Array
  readonly duration: Float64Array
  readonly durationNs: Uint16Array
  readonly calls: Uint32Array
  readonly errors: Uint32Array
  readonly tools: Uint32Array
  readonly uncosted: Uint32Array
  readonly input: Float64Array
  readonly output: Float64Array
  readonly cost: Float64Array
  readonly name: Uint32Array
  readonly session: Uint32Array
  readonly user: Uint32Array
  readonly environment: Uint32Array
  readonly release: Uint32Array
  readonly application: Uint32Array
  /** 1 while its order is due. */
  readonly dirty: Uint8Array
  /** Place of a trace by its id. */
  placeOf(id: number): number
}

const counts = ['spans', 'calls', 'errors', 'tools', 'uncosted'] as const
const numbers = ['start', 'dur', 'input', 'output', 'cost'] as const
const names = ['name', 'session', 'user', 'environment', 'release', 'application'] as const

export function loadTraces(store: Store): Traces {
  const all = store.query<[], { total: number }>('trace-count').get()!.total
  const wide = <K extends string>(keys: readonly K[]) =>
    Object.fromEntries(keys.map(key => [key, new Uint32Array(all)])) as { [key in K]: Uint32Array }
  const id = new Uint32Array(all)
  const counted = wide(counts)
  const named = wide(names)
  const known = Object.fromEntries(numbers.map(key => [key, new Float64Array(all)])) as {
    [key in (typeof numbers)[number]]: Float64Array
  }
  const startNs = new Uint16Array(all)
  const durationNs = new Uint16Array(all)
  const dirty = new Uint8Array(all)
  const text = `SELECT id, start_ns, dur_ns, dirty, ${[...counts, ...names, ...numbers].join()} FROM trace ORDER BY id`
  let i = 0
  for (const row of store.statement<[], (number | null)[]>(text).raw().iterate()) {
    if (i === all) break
    id[i] = row[0]!
    startNs[i] = row[1]!
    durationNs[i] = row[2]!
    dirty[i] = row[3]!
    let at = 4
    for (const key of counts) counted[key][i] = row[at++]!
    for (const key of names) named[key][i] = row[at++]!
    for (const key of numbers) known[key][i] = row[at++] ?? Number.NaN
    i++
  }
  const { dur: duration, ...others } = known
  return {
    count: all,
    id,
    first: new Uint32Array(all),
    ...counted,
    ...named,
    ...others,
    duration,
    startNs,
    durationNs,
    dirty,
    placeOf: trace => placeIn(id, trace),
  }
}

function placeIn(ids: Uint32Array, id: number): number {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (ids[middle]! < id) from = middle + 1
    else to = middle
  }
  return from < ids.length && ids[from] === id ? from : -1
}
