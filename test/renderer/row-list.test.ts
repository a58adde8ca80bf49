import { expect, test } from 'vitest'
import { idOf } from '../../renderer/views/lists/model/page.ts'
import { createRowList, rowAt, type Pages } from '../../renderer/views/lists/model/row-list.ts'
import { nextSort, parseSort, printSort } from '../../renderer/views/lists/model/sort.ts'
import type { PageClient } from '../../renderer/state/client.ts'
import { fakeClient, listOf, traceRow } from './fake-client.ts'

const createList = (client: PageClient) => createRowList(client, 'traces', ['started', 'name'])
const idAt = (pages: Pages, index: number) => {
  const row = rowAt(pages, index)
  return row && idOf(row)
}
const settled = () => new Promise(resolve => setTimeout(resolve, 5))
const offsets = (asked: { input: unknown }[]) => asked.map(one => (one.input as { offset: number }).offset)

test('asks for the pages in sight and no others, each once', async () => {
  const client = fakeClient({ 'traces.list': listOf(() => 10_000) })
  const list = createList(client)
  list.show(380, 430)
  list.show(381, 431)
  await settled()
  expect(offsets(client.asked)).toEqual([200, 400])
  expect(idAt(list.get().pages, 399)).toBe(399)
  expect(idAt(list.get().pages, 400)).toBe(400)
  expect(rowAt(list.get().pages, 700)).toBeUndefined()
  expect(list.get().total).toBe(10_000)
})

test('keeps a bounded number of pages, those around the reader', async () => {
  const client = fakeClient({ 'traces.list': listOf(() => 20_000) })
  const list = createList(client)
  for (let page = 0; page < 40; page += 1) {
    list.show(page * 200, page * 200 + 30)
    await settled()
  }
  expect(list.get().pages.size).toBe(24)
  expect(rowAt(list.get().pages, 39 * 200)).toBeDefined()
  expect(rowAt(list.get().pages, 0)).toBeUndefined()
})

test('another order shows the old rows until the new ones are there', async () => {
  const client = fakeClient({ 'traces.list': listOf(() => 1000) })
  const list = createList(client)
  list.show(0, 20)
  await settled()
  list.want({ sort: { column: 'started', descending: false } })
  expect(list.get().resorting).toBe(true)
  expect(idAt(list.get().pages, 0)).toBe(0)
  await settled()
  expect(list.get()).toMatchObject({ resorting: false, reason: 'sorted' })
  expect(idAt(list.get().pages, 0)).toBe(999)
})

test('an answer in an order nobody wants any more is dropped', async () => {
  let release = () => {}
  const list = listOf(() => 10)
  const client = fakeClient({
    'traces.list': async input => {
      if (input.sort === 'cost') await new Promise<void>(resolve => (release = resolve))
      return list(input)
    },
  })
  const shown = createList(client)
  shown.want({ sort: { column: 'cost', descending: true } })
  shown.want({ sort: { column: 'started', descending: false } })
  await settled()
  release()
  await settled()
  expect(shown.get().sort.column).toBe('started')
  expect(idAt(shown.get().pages, 0)).toBe(9)
})

test('what arrives above the reader moves the anchor by exactly that, near or far', async () => {
  for (const grown of [7, 3000]) {
    let total = 1000
    // Newest first: a new trace has a lower place than all before it.
    const client = fakeClient({
      'traces.list': input =>
        listOf(
          () => total,
          n => traceRow(n + 1_000_000 - total),
        )(input),
    })
    const list = createList(client)
    list.show(500, 520)
    await settled()
    const anchor = { id: idAt(list.get().pages, 503)!, index: 503 }
    total += grown
    await list.refresh(anchor)
    expect(list.get()).toMatchObject({ total, shift: grown, reason: 'grown' })
    expect(idAt(list.get().pages, 503 + grown)).toBe(anchor.id)
  }
})

test('what arrives below the reader moves nothing', async () => {
  let total = 1000
  const client = fakeClient({ 'traces.list': listOf(() => total) })
  const list = createList(client)
  list.show(500, 520)
  await settled()
  total = 4000
  await list.refresh({ id: 503, index: 503 })
  expect(list.get()).toMatchObject({ total: 4000, shift: 0 })
})

test('the order stands in the address and comes back from it', () => {
  expect(parseSort('-duration')).toEqual({ column: 'duration', descending: true })
  expect(parseSort('__proto__')).toBeUndefined()
  expect(parseSort(null)).toBeUndefined()
  expect(printSort(nextSort({ column: 'started', descending: true }, 'name', true))).toBe('name')
  expect(printSort(nextSort({ column: 'name', descending: false }, 'cost', false))).toBe('-cost')
})

test('of a question that failed no page is put among the rows before; asked again, it starts at the top', async () => {
  let fails = true
  const answer = listOf(() => 1000)
  const client = fakeClient({
    'traces.list': input => {
      // An answer of the wire, not an exception of this test.
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
      if (fails && input.where) throw { code: 'store/busy', message: 'The store is busy.' }
      return answer(input)
    },
  })
  const list = createList(client)
  list.show(0, 20)
  await settled()
  list.want({ query: 'zebra' })
  await settled()
  expect(list.get()).toMatchObject({ behind: true, shown: '', query: 'zebra', total: 1000 })
  const asked = client.asked.length
  list.show(600, 620)
  expect(await list.find(700)).toBeUndefined()
  await settled()
  expect(client.asked).toHaveLength(asked)
  fails = false
  await list.refresh(undefined)
  expect(list.get()).toMatchObject({ behind: false, shown: 'zebra', error: undefined, reason: 'sorted' })
})

test('what changes while rows are on their way is asked for again', async () => {
  const waiting: (() => void)[] = []
  let total = 0
  const client = fakeClient({
    'traces.list': async input => {
      const answer = listOf(() => total)(input)
      await new Promise<void>(resolve => waiting.push(resolve))
      return answer
    },
  })
  const list = createList(client)
  const answered = async () => {
    waiting.shift()?.()
    await settled()
  }
  list.show(0, 20)
  await settled()
  total = 3
  void list.refresh(undefined)
  await answered()
  expect(list.get().total).toBe(0)
  total = 5
  void list.refresh(undefined)
  await answered()
  expect(list.get().total, 'told while the first rows came').toBe(3)
  await answered()
  expect(list.get().total, 'told while they came again').toBe(5)
  list.want({ query: 'x' })
  await settled()
  total = 7
  void list.refresh(undefined)
  await answered()
  await answered()
  expect(list.get().total, 'told while another query ran').toBe(7)
  expect(waiting).toEqual([])
})
