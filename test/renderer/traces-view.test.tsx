import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeClient, listOf, summary, traceRow } from './fake-client.ts'
import { openWindow } from './render.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const grid = () => screen.getByRole('grid', { name: 'Traces' })
const activeRow = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? grid(), { key, ...more })

async function openList(total: number, row = traceRow) {
  const client = fakeClient({ 'traces.list': listOf(() => total, row), 'store.summary': () => summary(total) })
  await openWindow(client)
  return client
}

test('a long list is one grid of which few rows are mounted, with exact counts', async () => {
  await openList(20_000)
  expect(grid()).toHaveProperty('tabIndex', 0)
  expect(grid().getAttribute('aria-rowcount')).toBe('20001')
  expect(screen.getByRole('heading', { name: '20,000 traces' })).toBeTruthy()
  const rows = screen.getAllByRole('row')
  expect(rows.length).toBeLessThan(60)
  expect(rows[1]?.getAttribute('aria-rowindex')).toBe('2')
  expect(within(rows[1]!).getByRole('rowheader').textContent).toBe('agent 0')
})

test('the keyboard walks rows, pages and ends, and Enter opens', async () => {
  await openList(500)
  expect(document.activeElement).toBe(grid())
  press('j')
  press('ArrowDown')
  expect(activeRow()?.getAttribute('aria-rowindex')).toBe('4')
  press('k')
  expect(activeRow()?.getAttribute('aria-rowindex')).toBe('3')
  press('PageDown')
  expect(activeRow()?.getAttribute('aria-rowindex')).toBe('21')
  press('End')
  await waitFor(() => expect(activeRow()?.textContent).toContain('agent 499'))
  expect(activeRow()?.getAttribute('aria-selected')).toBe('false')
  press('Home')
  press('Enter')
  expect(location.hash).toBe('#/trace/trace-0')
})

test('the end of a million traces is one request away', async () => {
  const client = await openList(1_000_000)
  client.asked.length = 0
  press('End')
  await waitFor(() => expect(activeRow()?.textContent).toContain('agent 999999'))
  const offsets = client.asked
    .filter(one => one.name === 'lists.rows')
    .map(one => (one.input as { offset: number }).offset)
  expect(offsets).toEqual([999_800])
})

test('Up from the first row reaches the column names, and Enter sorts there', async () => {
  const client = await openList(50)
  press('ArrowUp')
  expect(activeRow()?.getAttribute('role')).toBe('columnheader')
  press('ArrowRight')
  expect(activeRow()?.textContent).toBe('Name')
  press('Enter')
  await waitFor(() => expect(grid().getAttribute('aria-busy')).toBe('false'))
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
  expect(location.hash).toBe('#/traces?sort=name')
  expect(client.asked.findLast(one => one.name === 'lists.rows')?.input).toMatchObject({
    sort: { column: 'name', descending: false },
  })
  press('ArrowDown')
  expect(activeRow()?.getAttribute('role')).toBe('row')
})

test('the second press of a double click on a row selects no text of the trace it opened', async () => {
  const client = await openList(5)
  client.answers['traces.tree'] = () => Promise.reject(new Error('not here'))
  const row = screen.getAllByRole('row')[1]!
  expect(fireEvent.mouseDown(row, { detail: 1 })).toBe(true)
  fireEvent.click(row)
  await waitFor(() => expect(row.isConnected).toBe(false))
  const below = screen.getByRole('main')
  expect(fireEvent.mouseDown(below, { detail: 2 })).toBe(false)
  expect(fireEvent.mouseDown(below, { detail: 1 })).toBe(true)
  expect(fireEvent.mouseDown(below, { detail: 2 })).toBe(true)
})

test('a click on a column name sorts in the engine, largest first, then turns round', async () => {
  const client = await openList(50)
  const duration = () => screen.getByRole('columnheader', { name: 'Duration' })
  fireEvent.click(duration())
  await waitFor(() => expect(duration().getAttribute('aria-sort')).toBe('descending'))
  expect(client.asked.findLast(one => one.name === 'lists.rows')?.input).toMatchObject({
    sort: { column: 'duration', descending: true },
  })
  fireEvent.click(duration())
  await waitFor(() => expect(duration().getAttribute('aria-sort')).toBe('ascending'))
  expect(screen.getByRole('columnheader', { name: 'Started' }).getAttribute('aria-sort')).toBe('none')
})

test('an unknown cost is a dash with its reason, a partly known one carries a question mark', async () => {
  await openList(3, n => traceRow(n, [{}, { cost: 64_000_000, uncosted: 1 }, { cost: 4_200_000 }][n]))
  const column = screen.getAllByRole('columnheader').findIndex(header => header.textContent === 'Cost')
  const cost = (n: number) => screen.getAllByRole('row')[n + 1]?.children[column]
  expect(cost(0)?.textContent).toBe('— (no cost recorded and no price known for its 4 calls)')
  expect(cost(1)?.textContent).toBe('$0.064 ? (1 call of 4 unpriced; the sum is that of the others)')
  expect(cost(2)?.textContent).toBe('$0.0042')
})

test('text from a trace is inert, and what it hides is visible', async () => {
  await openList(1, n => traceRow(n, { name: '<img src=x onerror=alert(1)>\u202egpj' }))
  expect(screen.getByRole('rowheader').textContent).toBe('<img src=x onerror=alert(1)>⟦U+202E⟧gpj')
  expect(document.querySelector('img')).toBeNull()
})

test('the first user text is asked for visible rows only', async () => {
  const client = fakeClient({
    'traces.list': listOf(() => 5000),
    'traces.inputs': ({ ids }) => ({ inputs: ids.map(id => `question ${id}`) }),
  })
  await openWindow(client)
  expect(await screen.findByText('question 3')).toBeTruthy()
  const ids = client.asked
    .filter(one => one.name === 'traces.inputs')
    .flatMap(one => (one.input as { ids: number[] }).ids)
  expect(ids.length).toBeLessThan(60)
})

test('Mod+C copies the row under the cursor', async () => {
  const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: written } }))
  await openList(5, n => traceRow(n, { cost: 64_000_000 }))
  press('j')
  press('c', { ctrlKey: true })
  expect(written).toHaveBeenCalledWith(
    expect.stringMatching(/^trace-1\t.*\tagent 1\t10\t4\t2\t\t\t0\.064\t1\.50 s\t0\t$/),
  )
  vi.unstubAllGlobals()
})

test('an empty store says what to do', async () => {
  await openList(0)
  expect(screen.getByText('This store has no traces')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Open file…' })).toBeTruthy()
})

test('a failure stands where the list would be, with its code, and asks again when the engine is back', async () => {
  let broken = true
  const client = fakeClient({
    'traces.list': input => {
      // An answer of the wire, not an exception of this test.
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
      if (broken) throw { code: 'process/gone', message: 'The engine ended.' }
      return listOf(() => 2)(input)
    },
  })
  await openWindow(client)
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('The engine ended.')
  expect(alert.textContent).toContain('process/gone')
  broken = false
  act(() => client.tell('process.state', { process: 'engine', state: 'running', message: '' }))
  expect(await screen.findByRole('grid')).toBeTruthy()
})

test('what changed while another view was open shows on the way back, in the same place', async () => {
  let total = 500
  const client = fakeClient({
    // Newest first: a new trace has a lower place than all before it.
    'traces.list': input =>
      listOf(
        () => total,
        n => traceRow(n + 1000 - total),
      )(input),
  })
  await openWindow(client)
  press('j')
  expect(activeRow()?.textContent).toContain('agent 501')
  press('7', { ctrlKey: true })
  expect(await screen.findByText('No imports yet')).toBeTruthy()
  total = 503
  press('1', { ctrlKey: true })
  expect(await screen.findByRole('heading', { name: '503 traces' })).toBeTruthy()
  expect(activeRow()?.textContent).toContain('agent 501')
  expect(activeRow()?.getAttribute('aria-rowindex')).toBe('6')
})
