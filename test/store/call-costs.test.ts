import { expect, test } from 'vitest'
import { bundledBook } from '../../electron/prices/bundled.ts'
import { keepBook, undoBook, putBook } from '../../electron/store/price-book.ts'
import { callCosts } from '../../electron/store/table/call-costs.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import { traceCosts } from '../../electron/store/table/trace-costs.ts'
import { pricerOf } from '../../electron/store/price-book.ts'
import { costOfTrace } from '../../electron/store/trace-cost.ts'
import { listTraceRows } from '../../electron/store/trace-list.ts'
import { unknownCosts } from '../../shared/money/unknown-cost.ts'
import { importFile, memoryStore } from './stores.ts'

const start = 1_795_190_687_000_000_000n

function filled() {
  const store = memoryStore()
  const call = (trace: string, id: string, model: string, more: { cost?: number; output?: number } = {}) => {
    const { cost, output = 1000 } = more
    return {
      trace,
      id,
      name: id,
      start,
      call: { model, input: 10_000, output, ...(cost === undefined ? {} : { cost }) },
    }
  }
  importFile(store, [
    call('a', '1', 'gpt-4o'),
    call('a', '2', 'gpt-4o', { cost: 5 }),
    call('a', '3', 'my-finetune-3'),
    call('b', '4', 'o3'),
  ])
  return store
}

const gpt4o = { id: 'own', match: { equals: 'gpt-4o' }, prices: { input_mtok: 1, output_mtok: 1 } }

test('both ledgers of every call: recorded, else computed, else why not', () => {
  using store = filled()
  const table = tableOf(store)
  const { cost, computed, why } = callCosts(table)
  expect([...computed]).toEqual([35_000_000, 35_000_000, Number.NaN, 28_000_000])
  expect([...cost]).toEqual([35_000_000, 5, Number.NaN, 28_000_000])
  expect([...why].map(one => unknownCosts[one - 1])).toEqual([undefined, undefined, 'no-price', undefined])
  const sums = traceCosts(table)
  expect([sums.cost, sums.recorded, sums.computed, sums.uncosted].map(all => [...all])).toEqual([
    [35_000_005, 28_000_000],
    [5, Number.NaN],
    [70_000_000, 28_000_000],
    [1, 0],
  ])
  expect(costOfTrace(store, pricerOf(store), table.traces.id[0]!)).toEqual({
    cost: 35_000_005,
    computed: 70_000_000,
    uncosted: 1,
  })
})

test('rows for the terminal say both, dearest first', () => {
  using store = filled()
  const { rows } = listTraceRows(store, { sort: 'cost', descending: true, offset: 0, limit: 9 })
  expect(rows.map(row => [row.traceId, row.recordedCost, row.computedCost, row.unpricedCalls])).toEqual([
    ['a', '0.000000005', '0.07', 1],
    ['b', undefined, '0.028', 0],
  ])
})

test('other prices change what was computed, and nothing else; undone, all is as before', () => {
  using store = filled()
  const costs = () => [...callCosts(tableOf(store)).cost]
  keepBook(store, bundledBook(), 1)
  keepBook(store, { ...bundledBook(), rules: [gpt4o] }, 2)
  expect(costs()).toEqual([35_000_000, 5, Number.NaN, 28_000_000])
  putBook(store, { ...bundledBook(), rules: [gpt4o] }, 3)
  expect(costs()).toEqual([11_000_000, 5, Number.NaN, 28_000_000])
  undoBook(store)
  expect(costs()).toEqual([35_000_000, 5, Number.NaN, 28_000_000])
  undoBook(store)
  expect(costs()).toEqual([35_000_000, 5, Number.NaN, 28_000_000])
})
