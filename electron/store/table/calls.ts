import type { Store } from '../open.ts'
import type { Layout } from './span-columns.ts'

const names = ['model', 'provider', 'prompt', 'prompt_version'] as const
const numbers = ['input', 'output', 'cache_read', 'reasoning', 'cost', 'first_token'] as const

/** Usage of the spans that have it, in order of rows. NaN is unknown; names are ids, 0 for none. */
export type Calls = {
  readonly [name in (typeof names)[number]]: Uint32Array
} & { readonly [name in (typeof numbers)[number]]: Float64Array } & {
  readonly count: number
  readonly row: Uint32Array
  /** 1 a call, 2 other usage that a total may add. */
  readonly counted: Uint8Array
  /** Entry of a row, -1 for none. */
  readonly of: Int32Array
}

export function loadCalls(store: Store, { id, rowOf }: Layout): Calls {
  const all = store.statement<[], { n: number }>('SELECT count(*) AS n FROM call').get()!.n
  const found = new Uint32Array(all)
  const ids = store.statement<[], number>('SELECT id FROM call ORDER BY id').pluck()
  let count = 0
  for (const call of ids.iterate()) {
    const row = (rowOf[call] ?? 0) - 1
    if (row >= 0 && count < all) found[count++] = row
  }
  const row = found.subarray(0, count).sort()
  const of = new Int32Array(id.length).fill(-1)
  for (let k = 0; k < count; k++) of[row[k]!] = k
  const named = names.map(() => new Uint32Array(count))
  const known = numbers.map(() => new Float64Array(count))
  const counted = new Uint8Array(count)
  const text = `SELECT id, counted, ${[...names, ...numbers].join()} FROM call ORDER BY id`
  for (const cells of store.statement<[], (number | null)[]>(text).raw().iterate()) {
    const k = of[(rowOf[cells[0]!] ?? 0) - 1] ?? -1
    if (k < 0) continue
    counted[k] = cells[1]!
    for (let c = 0; c < names.length; c++) named[c]![k] = cells[2 + c]!
    for (let c = 0; c < numbers.length; c++) known[c]![k] = cells[2 + names.length + c] ?? Number.NaN
  }
  return {
    count,
    row,
    of,
    counted,
    ...(Object.fromEntries(names.map((name, c) => [name, named[c]!])) as Pick<Calls, (typeof names)[number]>),
    ...(Object.fromEntries(numbers.map((name, c) => [name, known[c]!])) as Pick<Calls, (typeof numbers)[number]>),
  }
}
