import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RowTree, pageSize, top } from '../../renderer/views/costs/model/row-tree.ts'
import { operationMeasureNames } from '../../shared/query/latency-measures.ts'
import { trendsOf } from '../../renderer/views/costs/model/trends.ts'
import type { Input, Output } from '../../shared/contract/index.ts'
import { fakeClient, summary } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

freshWindows()

type Answer = Output<'costs.table'>

/** `total` models, each of `services` services, and each call of one a dollar. */
function answerTo(input: Input<'costs.table'>, total: number, services = 2): Answer {
  const { by, per, within: path = [], measures, offset = 0, limit } = input
  const rows = by.length === 1 ? total : services
  const places = Array.from({ length: Math.max(0, Math.min(limit, rows - offset)) }, (_, i) => offset + i)
  const keys = per
    ? [[...path, 'model 0', '2026-11-10']]
    : places.map(place => (by.length === 1 ? [`model ${place}`] : [...path, `service ${place}`]))
  return {
    exact: true,
    calls: total,
    filled: 0,
    rows: per ? 1 : rows,
    keys,
    values: Float64Array.from({ length: measures.length * keys.length }, () => 1e9),
    total: Float64Array.from(measures, () => 2e9),
    recorded: [],
    totalRecorded: null,
    computed: [],
    totalComputed: null,
    overlaps: [],
    aside: { count: 0, input: 0, cost: 0 },
  }
}

async function open(total: number, at = '/costs?by=model,service', first = 'model 0') {
  const asked: Input<'costs.table'>[] = []
  const client = fakeClient({
    'store.summary': () => summary(3),
    'costs.table': input => {
      if (!input.per) asked.push(input)
      const answer = answerTo(input, total)
      return { ...answer, keys: answer.keys.map(key => key.map(one => (one === 'model 0' ? first : one))) }
    },
  })
  await openWindow(client, at)
  return { asked, client, table: await screen.findByRole('treegrid', { name: 'Costs' }) }
}

const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement!, { key, ...more })
const inner = (table: HTMLElement) => [...table.querySelectorAll('[role=row][aria-level="2"]')]
const headings = () => screen.getAllByRole('columnheader').map(one => one.textContent)

test('a table of 100,000 rows holds those in sight; the last ones are asked for when one goes there', async () => {
  const { asked, table } = await open(100_000)
  expect(table.getAttribute('aria-rowcount')).toBe('100002')
  await waitFor(() => expect(within(table).getByText('model 0')).toBeTruthy())
  expect(within(table).getAllByRole('row').length).toBeLessThan(60)
  expect(document.activeElement).toBe(table)
  press('End')
  await waitFor(() => expect(within(table).getByText('model 99999')).toBeTruthy())
  expect(asked.map(one => one.offset ?? 0)).toEqual([0, 99_800])
  expect(screen.getByText('No trends of 100,000 rows: they are drawn where there are 1,000 or fewer.')).toBeTruthy()
  expect(table.getAttribute('aria-activedescendant')).toMatch(/-99999-0$/)
})

test('past the last row stands the total, whose cells open their calls', async () => {
  const { table } = await open(3)
  await waitFor(() => expect(within(table).getByText('model 2')).toBeTruthy())
  press('End')
  press('ArrowDown')
  const meant = () => document.getElementById(table.getAttribute('aria-activedescendant')!)!
  expect(meant().textContent).toBe('Total')
  press('ArrowDown')
  press('ArrowRight')
  expect(meant().closest('[role=row]')!.getAttribute('aria-rowindex')).toBe('5')
  press('ArrowUp')
  expect(meant().closest('[role=row]')!.getAttribute('aria-rowindex')).toBe('4')
  press('ArrowDown')
  press('Enter')
  await waitFor(() => expect(location.hash).toBe('#/calls'))
})

test('values stand under the measure they were asked for, and not beside a question that failed', async () => {
  let later = Promise.resolve()
  const client = fakeClient({
    'store.summary': () => summary(3),
    'costs.table': async input => {
      await later
      if (input.success) throw new Error('no such word')
      const answer = answerTo(input, 1)
      return { ...answer, total: Float64Array.from(input.measures, one => (one === 'calls' ? 7 : 5e9)) }
    },
  })
  await openWindow(client, '/costs?show=cost')
  const total = () => screen.getByRole('row', { name: /Total/ })
  await waitFor(() => expect(within(total()).getByText('$5.00')).toBeTruthy())
  let answer = (): void => {}
  later = new Promise(resolve => (answer = resolve))
  act(() => void (location.hash = '#/costs?show=calls,cost'))
  await waitFor(() => expect(headings()).toContain('Calls'))
  expect([...total().querySelectorAll('[role=gridcell]')].map(one => one.textContent)).toEqual(['', '$5.00'])
  answer()
  await waitFor(() => expect(within(total()).getByText('7')).toBeTruthy())
  act(() => void (location.hash = '#/costs?show=calls,cost&success=is%3Aerrror'))
  await screen.findByText('The table could not be made.')
  expect(screen.queryByRole('treegrid')).toBeNull()
})

test('rows of the question before, which stand under the fields of the next one, open nothing', async () => {
  let later = Promise.resolve()
  const client = fakeClient({
    'store.summary': () => summary(3),
    'costs.table': async input => {
      await later
      return answerTo(input, 1)
    },
  })
  await openWindow(client, '/costs?by=model')
  const name = await screen.findByRole('button', { name: 'model 0' })
  let answer = (): void => {}
  later = new Promise(resolve => (answer = resolve))
  act(() => void (location.hash = '#/costs?by=service'))
  await waitFor(() => expect(headings()[0]).toBe('Service'))
  const total = screen.getByRole('row', { name: /Total/ }).querySelector('button')!
  for (const one of [name, total]) fireEvent.click(one)
  expect(location.hash).toBe('#/costs?by=service')
  answer()
  await waitFor(() => expect(screen.getByRole('treegrid').getAttribute('aria-busy')).toBe('false'))
  fireEvent.click(screen.getByRole('button', { name: 'model 0' }))
  await waitFor(() => expect(location.hash).toMatch(/^#\/calls\?q=service/))
})

test('a value that no query can name opens nothing, and says why', async () => {
  const { table } = await open(3, '/costs?by=%40note,service', 'x'.repeat(1001))
  const name = await within(table).findByRole('button', { name: /^x{20}/ })
  expect(name).toMatchObject({ disabled: true, title: expect.stringMatching(/^No query can name this value/) })
  press('Enter')
  expect(location.hash).toMatch(/^#\/costs/)
})

test('a field by which is split changes place with one that is chosen in its stead', async () => {
  const { asked } = await open(3)
  fireEvent.click(screen.getByRole('button', { name: 'Model' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Service' }))
  await waitFor(() => expect(location.hash).toContain('by=service%2Cmodel'))
  fireEvent.click(screen.getByRole('button', { name: 'Service' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Team' }))
  await waitFor(() => expect(location.hash).toContain('by=team%2Cmodel'))
  await waitFor(() => expect(asked.at(-1)!.by).toEqual(['team']))
})

test('while latencies are shown only the number of calls is asked of the table', async () => {
  const asked: Input<'costs.table'>[] = []
  const client = fakeClient({
    'store.summary': () => summary(3),
    'costs.table': input => (asked.push(input), answerTo(input, 3)),
  })
  await openWindow(client, '/costs?by=model,service&per=day&view=latency')
  await waitFor(() => expect(asked.length).toBeGreaterThan(0))
  expect(asked.map(({ by, per, measures }) => ({ by, per, measures }))).toEqual([
    { by: [], per: undefined, measures: ['calls'] },
  ])
})

test('operations of the question before stand under its own fields until the next ones are there', async () => {
  let later = Promise.resolve()
  const measures = operationMeasureNames.length
  const client = fakeClient({
    'store.summary': () => summary(3),
    'costs.table': input => answerTo(input, 3),
    'latency.operations': async ({ by }) => {
      await later
      const values = new Float64Array(measures).fill(1)
      return { exact: true, rows: 1, keys: [by.map(name => `a ${name}`)], values, total: values, overlaps: [] }
    },
    'latency.failures': () => new Promise(() => {}),
    'latency.slowest': () => new Promise(() => {}),
  })
  await openWindow(client, '/costs?view=latency&ops=kind')
  await screen.findByRole('button', { name: 'a kind' })
  let answer = (): void => {}
  later = new Promise(resolve => (answer = resolve))
  act(() => void (location.hash = '#/costs?view=latency&ops=model'))
  await screen.findByRole('button', { name: 'By model' })
  expect(headings()[0]).toBe('Kind')
  fireEvent.click(screen.getByRole('button', { name: 'a kind' }))
  await waitFor(() => expect(location.hash).toMatch(/^#\/spans\?q=kind/))
  answer()
})

test('a group is opened by its key, and its rows are asked of the engine', async () => {
  const { asked, table } = await open(3)
  const row = () => within(table).getByText('model 0').closest('[role=row]')!
  await waitFor(() => expect(row().getAttribute('aria-expanded')).toBe('false'))
  press('ArrowRight')
  await waitFor(() => expect(inner(table)).toHaveLength(2))
  expect(asked.at(-1)).toMatchObject({ by: ['model', 'service'], within: ['model 0'] })
  expect(row().getAttribute('aria-expanded')).toBe('true')
  expect(row().getAttribute('aria-setsize')).toBe('3')
  const [first] = inner(table)
  expect([first!.getAttribute('aria-posinset'), first!.getAttribute('aria-rowindex')]).toEqual(['1', '3'])
  expect(table.getAttribute('aria-rowcount')).toBe('7')
  press('ArrowDown')
  press('ArrowLeft')
  press('ArrowLeft')
  await waitFor(() => expect(inner(table)).toHaveLength(0))
})

test('who comes back from the calls behind a row finds its group open', async () => {
  const { table } = await open(3)
  await waitFor(() => expect(within(table).getByText('model 0')).toBeTruthy())
  press('ArrowRight')
  await waitFor(() => expect(inner(table)).toHaveLength(2))
  press('ArrowDown')
  press('Enter')
  await waitFor(() => expect(location.hash).toMatch(/^#\/calls\?q=/))
  act(() => void (location.hash = '#/costs?by=model,service'))
  const again = await screen.findByRole('treegrid', { name: 'Costs' })
  await waitFor(() => expect(inner(again)).toHaveLength(2))
})

test('columns are chosen, moved and taken out by keys, and the next window has them so', async () => {
  const { table } = await open(3)
  press('ArrowUp')
  press('ArrowRight')
  expect(table.getAttribute('aria-activedescendant')).toMatch(/-head-1$/)
  press('ArrowRight', { shiftKey: true })
  await waitFor(() => expect(headings().slice(0, 3)).toEqual(['Model › Service', 'Tokens in', 'Calls']))
  press('Delete')
  await waitFor(() => expect(headings().slice(0, 3)).toEqual(['Model › Service', 'Tokens in', 'Cache read']))
  expect(location.hash).toContain('show=input%2CcacheRead')
  act(() => {
    location.hash = '/costs'
  })
  await waitFor(() => expect(location.hash).toBe('#/costs'))
  await waitFor(() => expect(headings().slice(0, 3)).toEqual(['Model', 'Tokens in', 'Cache read']))
  fireEvent.click(screen.getByRole('button', { name: 'Columns' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Keep Cost on the left' }))
  await waitFor(() => expect(headings()[1]).toMatch(/^Cost/))
  fireEvent.click(screen.getByRole('button', { name: 'The usual columns' }))
  await waitFor(() => expect(headings().slice(0, 2)).toEqual(['Model', 'Calls']))
})

test('a column name sorts by it, and once more the other way round', async () => {
  const { asked } = await open(3)
  const head = () => screen.getByRole('columnheader', { name: 'Calls' })
  expect(screen.getByRole('columnheader', { name: 'Cost' }).getAttribute('aria-sort')).toBe('descending')
  fireEvent.click(within(head()).getByRole('button'))
  await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('descending'))
  fireEvent.click(within(head()).getByRole('button'))
  await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('ascending'))
  await waitFor(() => expect(asked.at(-1)!.sort).toEqual({ by: 'calls', descending: false }))
  fireEvent.click(screen.getByRole('button', { name: 'Model › Service' }))
  await waitFor(() => expect(asked.at(-1)!.sort).toEqual({ by: 'key', descending: false }))
  expect(screen.getByRole('columnheader', { name: 'Trend' }).hasAttribute('aria-sort')).toBe(false)
})

test('rows of open groups stand below their own; one whose place nobody knows waits', () => {
  const answer = (keys: string[][]): Answer => ({ ...answerTo(asking, 0), keys })
  const group = (keys: string[][]) => ({ rows: keys.length, pages: new Map([[0, answer(keys)]]) })
  const groups = new Map([
    [top, group([['a'], ['b'], ['c']])],
    ['["b"]', group([['b', 'x']])],
    ['["z"]', group([['z', 'y']])],
  ])
  const tree = new RowTree(groups, new Set(['["b"]', '["z"]']), new Map([['["b"]', 1]]), 2)
  expect(Array.from({ length: tree.count }, (_, i) => tree.row(i)?.key.join('/'))).toEqual(['a', 'b', 'b/x', 'c'])
  expect([tree.above(2), tree.above(3)]).toEqual([1, -1])
  const large = new RowTree(new Map([[top, { rows: 1000, pages: new Map() }]]), new Set(), new Map(), 1)
  expect(large.pages(pageSize - 1, pageSize)).toEqual([
    [top, 0],
    [top, 1],
  ])
  expect(large.row(999)).toMatchObject({ answer: undefined, siblings: 1000 })
  expect([large.row(1000), new RowTree(new Map(), new Set(), new Map(), 1).row(0)]).toEqual([undefined, undefined])
})

const asking: Input<'costs.table'> = {
  by: ['model'],
  zone: 'UTC',
  measures: ['cost'],
  sort: { by: 'key', descending: false },
  limit: 1,
}

test('what a row cost is spread over equal stretches; undated calls and an hour that comes twice are no trouble', () => {
  const keys = [
    ['m', '2026-10-25T02+02:00'],
    ['m', '2026-10-25T02+01:00'],
    ['m', null],
    ['n', '2026-10-25T04+01:00'],
  ]
  const trends = trendsOf({ ...answerTo(asking, 0), keys, values: Float64Array.of(1, 2, 9, 4) }, 'hour')!
  expect(trends.bins).toBe(4)
  expect(Array.from(trends.rows.get('["m"]')!)).toEqual([1, 2, 0, 0])
  expect(Array.from(trends.rows.get('["n"]')!)).toEqual([0, 0, 0, 4])
  expect(trendsOf({ ...answerTo(asking, 0), keys: [['m', null]], values: Float64Array.of(1) }, 'day')).toBeUndefined()
})
