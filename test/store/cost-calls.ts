import { costTable } from '../../electron/rpc/costs.ts'
import type { Store } from '../../electron/store/open.ts'
import { readElsewhere, type Elsewhere } from '../../electron/store/table/elsewhere.ts'
import type { Measure } from '../../shared/query/cost-measures.ts'
import type { Input } from '../../shared/contract/index.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

export const day = 1_767_225_600_000_000_000n
export const second = 1_000_000_000n

/** A call of a second at the first moment. */
export const generation = (over: Partial<Said> & Pick<Said, 'trace' | 'id'>): Said => ({
  name: 'chat',
  kind: 'generation',
  start: day,
  duration: second,
  ...over,
})

/** A refund that took a tool, a failed attempt and its repetition; a question without costs; an embedding beside them. */
export const records: Said[] = [
  { trace: 'a', id: 'a1', name: 'refund', kind: 'agent', start: day, duration: 10n * second, session: 's1' },
  generation({ trace: 'a', id: 'a2', parent: 'a1', call: { model: 'small', input: 100, output: 10, cost: 5000 } }),
  {
    trace: 'a',
    id: 'a3',
    parent: 'a1',
    name: 'look up',
    kind: 'tool',
    start: day + second,
    duration: second,
  },
  generation({
    trace: 'a',
    id: 'a4',
    parent: 'a1',
    status: 'error',
    start: day + 3n * second,
    call: { model: 'large', input: 200, cost: 70 },
  }),
  generation({
    trace: 'a',
    id: 'a5',
    parent: 'a1',
    start: day + 5n * second,
    duration: 3n * second,
    call: { model: 'large', input: 200, output: 20, cost: 900 },
  }),
  { trace: 'b', id: 'b1', name: 'ask', kind: 'agent', start: day + 86_400n * second, session: 's1' },
  generation({
    trace: 'b',
    id: 'b2',
    parent: 'b1',
    start: day + 86_400n * second,
    duration: 2n * second,
    call: { model: 'small', input: 7 },
    traits: { tags: ['x', 'y'] },
  }),
  {
    trace: 'b',
    id: 'b3',
    parent: 'b1',
    name: 'embed',
    kind: 'embedding',
    start: day + 86_400n * second,
    call: { model: 'vectors', input: 50, cost: 1 },
  },
]

/** A store of these records. */
export function filled(): Store & Disposable {
  const store = memoryStore()
  importFile(store, records)
  return store
}

/** A query as the window asks it: in UTC, on the first of these days. */
export const question = (query: string) => ({ query, now: Number(day / 1_000_000n), zone: 'UTC' })

/** A table of calls as rows of keys and numbers, and its total; what is unknown is null. */
export async function ask(
  store: Store,
  by: readonly string[],
  measures: readonly Measure[],
  more: Partial<Input<'costs.table'>> = {},
  elsewhere: Elsewhere = readElsewhere(store, () => undefined),
) {
  const input: Input<'costs.table'> = {
    by,
    measures: [...measures],
    zone: 'UTC',
    sort: { by: 'key', descending: false },
    limit: 100,
    ...more,
  }
  const never = new AbortController().signal
  const answer = await costTable({ store, elsewhere }, input, never)
  const rows = answer.keys.map((key, r) => [
    ...key,
    ...measures.map((_, m) => told(answer.values[m * answer.keys.length + r]!)),
  ])
  return { answer, rows, total: Array.from(answer.total, told) }
}

/** A number of an answer; null is unknown. */
export const told = (number: number) => (Number.isNaN(number) ? null : number)
