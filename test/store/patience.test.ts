import { expect, test } from 'vitest'
import type { Span } from '../../shared/domain/span.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { askList } from '../../electron/store/lists/asking.ts'
import { idsOf, readRows } from '../../electron/store/lists/rows.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import type { SpanSource } from '../../electron/store/search/search.ts'
import { readElsewhere, type Elsewhere } from '../../electron/store/table/elsewhere.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

// Who has no patience sees what was found so far, and all of it in the end.

const count = 300
const records: Said[] = Array.from({ length: count }, (_, i) => ({
  trace: `trace ${i}`,
  id: `span ${i}`,
  name: `step ${i % 10}`,
  start: BigInt(i) * 1_000_000n,
}))

/** Says of each span a text and a number, and counts how often it is asked. */
function source(): { readonly read: SpanSource; readonly reads: () => number } {
  let reads = 0
  const read = (id: number) => {
    reads++
    const said = { id: `s${id}`, name: 'step', input: `order ${id}`, attributes: { even: id % 2 === 0 ? 'yes' : 'no' } }
    return new ReadSpan(said as unknown as Span)
  }
  return { read, reads: () => reads }
}

test.each([
  ['/order [0-9]*7$/', (id: number) => id % 10 === 7],
  ['-/order [0-9]*7$/', (id: number) => id % 10 !== 7],
  ['@even:yes', (id: number) => id % 2 === 0],
  ['-@even:yes /order 1/', (id: number) => id % 2 === 1 && String(id).startsWith('1')],
  ['-(-@even:yes OR /order 1/)', (id: number) => id % 2 === 0 && !String(id).startsWith('1')],
  ['trace:(-@even:yes)', (id: number) => id % 2 === 1],
])('%s: rows that were shown match, the newest come first, and each span is read once', (query, matches) => {
  using store = memoryStore()
  importFile(store, records)
  const { read, reads } = source()
  const answers = readElsewhere(store, read)
  const elsewhere: Elsewhere = need => answers(need.type === 'spans' ? { ...need, patience: 0 } : need)
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  const expected = Array.from({ length: count }, (_, i) => i + 1).filter(matches)
  const window = { columns: [], sort: { column: 'started', descending: true }, offset: 0, limit: 1 }
  const ask = () =>
    askList({ store, elsewhere }, 'spans', condition, asked => ({
      ids: Array.from(idsOf(asked).id),
      searched: readRows(asked, window).searched,
    }))
  const steps = [ask()]
  while (steps.at(-1)!.searched) steps.push(ask())
  expect(steps.pop()!.ids).toEqual(expected)
  expect(steps.flatMap(({ ids }) => ids.filter(id => !expected.includes(id)))).toEqual([])
  // What is read first is newest.
  expect(steps.filter(({ ids }) => ids.length > 0 && ids.at(-1) !== expected.at(-1))).toEqual([])
  const progress = steps.map(({ searched }) => searched!.done / searched!.all)
  expect(progress.length).toBeGreaterThan(1)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(reads()).toBe(count)
})

test('a query of more clauses than are remembered is answered at once', () => {
  using store = memoryStore()
  importFile(store, records)
  const { read } = source()
  const query = Array.from({ length: 60 }, (_, i) => `@even:yes${i}`).join(' OR ') + ' OR @even:yes'
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  const answers = readElsewhere(store, read)
  const elsewhere: Elsewhere = need => answers(need.type === 'spans' ? { ...need, patience: 0 } : need)
  const window = { columns: [], sort: { column: 'started', descending: true }, offset: 0, limit: 1 }
  const { searched, total } = askList({ store, elsewhere }, 'spans', condition, asked => readRows(asked, window))
  expect(searched).toBeUndefined()
  expect(total).toBe(count / 2)
})
