import { expect, test } from 'vitest'
import { bundledBook } from '../../electron/prices/bundled.ts'
import { engine } from '../../electron/processes/engine-role.ts'
import { engineLists } from '../../electron/rpc/lists.ts'
import { openStore } from '../../electron/store/open.ts'
import { keepBook, putBook } from '../../electron/store/price-book.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import type { Output } from '../../shared/contract/index.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { importFile } from './stores.ts'

const call = { model: 'gpt-4o', input: 10_000, output: 1000 }
const own = { id: 'own', match: { equals: 'gpt-4o' }, prices: { input_mtok: 1, output_mtok: 1 } }
const input = {
  list: 'traces',
  columns: ['trace', 'name', 'user', 'started', 'cost', 'cost.recorded', 'uncosted'],
  sort: { column: 'started', descending: true },
  offset: 0,
  limit: 10,
} as const

/** The first page of a store that was just opened, and the same page when its columns are in memory. */
async function bothPages(path: string): Promise<Output<'lists.rows'>[]> {
  const service = await engine({ storePath: path }, () => {})
  const signal = new AbortController().signal
  const ask = async () => (await service.answers['lists.rows']!({ input, given: [] }, signal)) as Output<'lists.rows'>
  const first = await ask()
  const { 'lists.totals': totals } = await service.more![0]!()
  await totals!({ input: { list: 'traces' }, given: [] }, signal)
  const second = await ask()
  await service.close()
  return [first, second]
}

test.each([
  ['the prices of this build', [], 35_000_000],
  ['prices of its own', [own], 11_000_000],
])('opening a store shows the page that its columns tell: with %s', async (_, rules, cost) => {
  using folder = temporaryFolder()
  const path = folder.file('store.spanwise')
  const store = openStore(path, { create: true })
  importFile(store, [
    { trace: 't', id: 'a', name: 'first', start: 1n, call },
    { trace: 'u', id: 'b', name: 'later', start: 1_000_000n, call: { ...call, model: 'my-own', cost: 7 } },
    { trace: 'v', id: 'c', name: 'without a start' },
  ])
  keepBook(store, bundledBook(), 0)
  if (rules.length > 0) putBook(store, { ...bundledBook(), rules }, 1)
  store.close()
  const [first, second] = await bothPages(path)
  expect(first).toEqual(second)
  const costs = input.columns.indexOf('cost')
  expect(Array.from(first!.cells.subarray(costs * 3, costs * 3 + 3))).toEqual([7, cost, Number.NaN])
})

test('what needs more code, asked in the same breath, does not keep the page waiting', async () => {
  using folder = temporaryFolder()
  const path = folder.file('store.spanwise')
  openStore(path, { create: true }).close()
  const service = await engine({ storePath: path }, () => {})
  const { signal } = new AbortController()
  const came: string[] = []
  const asked = async (name: string, answer: unknown): Promise<void> => {
    await answer
    came.push(name)
  }
  await Promise.all([
    ...service.more!.map(load => asked('more', load())),
    asked('page', service.answers['lists.rows']!({ input, given: [] }, signal)),
  ])
  expect(came).toEqual(['page', 'more', 'more'])
  await service.close()
})

test('what a page takes from the columns is worked out behind the first one, before a search needs it', async () => {
  using folder = temporaryFolder()
  const store = openStore(folder.file('store.spanwise'), { create: true })
  importFile(store, [{ trace: 't', id: 'a', name: 'first', start: 1n, call }])
  const lists = engineLists(store)
  // Only records hold the second column.
  await lists.load({ ...input, columns: ['started', 'temperature', 'cost'] })
  const table = tableOf(store)
  for (const made of ['trace costs', 'living spans', 'items traces']) expect(table.known(made), made).toBe(true)
  await lists.close()
  store.close()
})
