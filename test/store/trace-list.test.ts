import { expect, test } from 'vitest'
import { traceSortFields } from '../../shared/contract/traces.ts'
import { summarize } from '../../electron/store/summary.ts'
import { generationsOf, readSpanPlace, scoresOf } from '../../electron/store/spans.ts'
import { findTrace, listTraceRows, listTraces } from '../../electron/store/trace-list.ts'
import type { Said } from './batches.ts'
import { freshStore, importFile, memoryStore } from './stores.ts'

const records: Said[] = Array.from({ length: 30 }, (_, i) => ({
  trace: `trace ${i}`,
  id: `span ${i}`,
  name: `Name ${i % 4}`,
  ...(i % 5 === 0 ? {} : { start: BigInt(i % 3) * 1_000_000n, duration: BigInt(i % 7) }),
  ...(i % 2 === 0 ? { call: { input: i % 6, output: 1, ...(i % 4 === 0 ? { cost: i } : {}) } } : {}),
}))

test.for(traceSortFields)('windows by %s cover every trace once, unknown last, either way round', sort => {
  using store = memoryStore()
  importFile(store, records)
  for (const descending of [false, true]) {
    const seen = []
    for (let offset = 0; offset < 35; offset += 7) {
      const { total, rows } = listTraces(store, { sort, descending, offset, limit: 7 })
      expect(total).toBe(30)
      seen.push(...rows)
    }
    expect(new Set(seen.map(row => row.traceId)).size).toBe(30)
    const values = seen.map(row => (sort === 'name' ? row.name.toLowerCase() : row[sort]))
    const known = values.filter(value => value !== undefined)
    expect(values.slice(0, known.length)).toEqual(known)
    const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(known).toEqual(descending ? sorted.toReversed() : sorted)
  }
})

test('rows for the terminal have exact times and decimal money', () => {
  using store = memoryStore()
  importFile(store, [
    {
      trace: 'abc',
      id: 'a',
      name: 'n',
      start: 1_731_412_345_678_901_234n,
      duration: 17n,
      call: { input: 3, cost: 1_500_000 },
    },
  ])
  expect(listTraceRows(store, { sort: 'start', descending: true, offset: 0, limit: 1 }).rows).toEqual([
    {
      traceId: 'abc',
      name: 'n',
      startTime: '1731412345678901234',
      durationNs: '17',
      spanCount: 1,
      callCount: 1,
      errorCount: 0,
      inputTokens: 3,
      recordedCost: '0.0015',
      unpricedCalls: 0,
    },
  ])
})

test('a trace is found by its id however it is written', () => {
  using store = memoryStore()
  importFile(store, [{ trace: '0af7651916cd43dd8448eb211c80319c', id: 'a' }])
  expect(findTrace(store, '0AF76519-16CD-43DD-8448-EB211C80319C')).toBe(
    findTrace(store, '0af7651916cd43dd8448eb211c80319c'),
  )
  expect(findTrace(store, 'nobody')).toBeNull()
})

test('the generations of a trace come in reading order', () => {
  using store = freshStore()
  importFile(store, [
    { trace: 't', id: 'late', parent: 'root', start: 9000n, call: {}, scores: [{ name: 'good', value: 1 }] },
    { trace: 't', id: 'early', parent: 'root', start: 5000n, call: {} },
    { trace: 't', id: 'root', start: 1000n },
  ])
  const [early, late] = generationsOf(store, findTrace(store, 't')!, 5)
  expect(generationsOf(store, findTrace(store, 't')!, 1)).toEqual([early])
  expect(readSpanPlace(store, late!)).toMatchObject({ id: late, traceId: 't' })
  expect(scoresOf(store, late!)).toMatchObject([{ name: 'good', value: 1 }])
  expect(summarize(store)).toMatchObject({
    traces: 1,
    spans: 3,
    calls: 2,
    imports: 1,
    name: 'test.spanwise',
    readOnly: false,
  })
})
