import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Output } from '../../shared/contract/index.ts'
import { fakeClient, summary } from './fake-client.ts'
import { active, asked, freshWindows, headers, open, openFacets, press, route } from './open-list.tsx'
import { openWindow } from './render.tsx'

// What stands around the rows: cells and columns, totals, the histogram, facets and groups.

freshWindows()

test('Right goes into the cells of a row, and Mod+C copies the one it stands on', async () => {
  const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
  await open(5)
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: written } }))
  press('ArrowRight')
  press('ArrowRight')
  expect(active()?.getAttribute('role')).toBe('rowheader')
  press('c', { ctrlKey: true })
  expect(written).toHaveBeenCalledWith('agent 0')
  press('ArrowLeft')
  press('ArrowLeft')
  expect(active()?.getAttribute('role')).toBe('row')
  vi.unstubAllGlobals()
})

test('a column name moves, grows, is kept on the left and taken out with the keys; it is remembered', async () => {
  const client = await open(5)
  press('ArrowUp')
  press('ArrowRight')
  expect(active()?.textContent).toBe('Name')
  press('ArrowLeft', { shiftKey: true })
  expect(headers().slice(1, 3)).toEqual(['Name', 'Started'])
  press('+')
  press('p')
  expect(JSON.parse(localStorage.getItem('spanwise.columns.traces') ?? '[]')[0]).toEqual({
    field: 'name',
    width: 146,
    pinned: true,
  })
  press('ArrowRight')
  press('Delete')
  expect(headers()).not.toContain('Started')
  cleanup()
  await openWindow(fakeClient({ 'traces.list': client.answers['traces.list']!, 'store.summary': () => summary(5) }))
  await screen.findAllByRole('rowheader')
  expect(headers()[1]).toBe('Name')
  expect(headers()).not.toContain('Started')
})

test('columns that were remembered wrongly are the usual ones', async () => {
  localStorage.setItem('spanwise.columns.traces', '[{"field":5}]')
  localStorage.setItem('spanwise.listPanels', 'null')
  await open(5)
  expect(headers()).toContain('Duration')
})

test('the columns menu says which of the usual columns a narrow window has no room for', async () => {
  const wide = Object.getOwnPropertyDescriptor(Element.prototype, 'clientWidth')!
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => 500 })
  try {
    await open(5)
    const shown = headers()
    fireEvent.click(screen.getByRole('button', { name: 'Columns' }))
    const ticked = within(await screen.findByRole('list', { name: /^Shown/ })).getAllByRole('listitem')
    const names = ticked.map(item => item.querySelector('label')!.textContent)
    const without = names.filter(name => name.endsWith('no room')).map(name => name.slice(0, -'no room'.length))
    expect(without.length).toBeGreaterThan(0)
    expect(without.filter(name => shown.includes(name))).toEqual([])
    // The first header is that of the selection.
    expect(names.length - without.length).toBe(shown.length - 1)
  } finally {
    Object.defineProperty(Element.prototype, 'clientWidth', wide)
  }
})

test('a column that is added is asked for; one under the name a file gave, too', async () => {
  const client = await open(5)
  fireEvent.click(screen.getByRole('button', { name: 'Columns' }))
  const find = await screen.findByRole('searchbox', { name: 'Find a column' })
  fireEvent.change(find, { target: { value: '@http.status' } })
  fireEvent.keyDown(find, { key: 'Enter' })
  await waitFor(() => expect(asked(client, 'lists.rows').at(-1)?.columns).toContain('@http.status'))
  expect(headers()).toContain('@http.status')
  fireEvent.change(find, { target: { value: 'score.__proto__' } })
  fireEvent.keyDown(find, { key: 'Enter' })
  await waitFor(() => expect(asked(client, 'lists.rows').at(-1)?.columns).toContain('score.__proto__'))
})

test('totals are those of all that matches, and a part without a cost is said', async () => {
  await open(5, '/traces', {
    'lists.totals': () => ({
      total: 5,
      exact: false,
      sums: { traces: 5, spans: 50, calls: 20, errors: 2, uncosted: 3, input: 12_345, output: 99, cost: 1_500_000_000 },
      outside: 0,
    }),
  })
  const totals = await screen.findByRole('group', { name: 'Totals of all that match' })
  expect(totals.textContent).toBe(
    '5 traces50 spans20 calls2 errors12.3k tokens in, 99 out$1.50 ? 3 calls unpricedso far: an import is running',
  )
})

const histogram = (): Output<'lists.histogram'> => ({
  exact: true,
  start: Date.UTC(2026, 0, 5) * 1000,
  width: 3_600_000_000,
  buckets: 3,
  undated: 4,
  outside: 2,
  series: [{ type: 'all' }],
  counts: Uint32Array.of(5, 0, 7),
})

test('the histogram counts what is undated, and its table asks for a stretch', async () => {
  await open(5, '/spans?q=is:error', { 'lists.histogram': histogram })
  const part = screen.getByRole('region', { name: 'Over time' })
  fireEvent.click(await within(part).findByRole('button', { name: 'Show as a table' }))
  const cells = within(part)
    .getAllByRole('row')
    .map(row => row.lastElementChild?.textContent)
  expect(cells).toEqual(['All', '5', '7', '2', '4'])
  expect(part.textContent).toContain('1 stretches without rows are left out.')
  fireEvent.click(within(part).getByRole('button', { name: '4 undated' }))
  expect(route()).toBe('is:error -has:started')
  fireEvent.click(within(part).getByRole('button', { name: '2 before 2000' }))
  expect(route()).toBe('is:error -has:started started:<2000-01-01')
})

test('a facet finds among its values, shows more of them, and asks for either with Shift', async () => {
  const models = Array.from({ length: 30 }, (_, i) => ({ value: `model-${i}`, count: 100 - i }))
  const client = await open(5, '/traces?q=model:model-1', {
    'lists.facets': ({ fields, limit }) => ({
      total: 5,
      exact: true,
      facets: fields.map(field => ({
        field,
        type: 'text' as const,
        values: field === 'model' ? models.slice(0, limit) : [],
        more: field === 'model' ? Math.max(0, models.length - limit) : 0,
        without: 0,
      })),
    }),
  })
  openFacets()
  const model = within(await screen.findByRole('region', { name: 'Model' }))
  expect((await model.findByRole('button', { name: 'model-1 99' })).getAttribute('aria-pressed')).toBe('true')
  expect(model.queryByRole('button', { name: 'model-29 71' })).toBeNull()
  fireEvent.click(model.getByRole('button', { name: 'Show more: 22 further values' }))
  expect(await model.findByRole('button', { name: 'model-29 71' })).toBeTruthy()
  fireEvent.change(model.getByRole('searchbox'), { target: { value: 'L-27' } })
  fireEvent.click(await model.findByRole('button', { name: 'model-27 73' }), { shiftKey: true })
  expect(route()).toBe('model:[model-1,model-27]')
  expect(client.asked.some(one => one.name === 'lists.facets')).toBe(true)
})

test('scores are facets under the names their files gave them', async () => {
  await open(5, '/traces', {
    'search.values': ({ field }) => ({
      values:
        field === 'score.'
          ? [
              { value: 'thumbs', count: 2 },
              { value: 'a b', count: 1 },
            ]
          : [],
    }),
    'lists.facets': ({ fields }) => ({
      total: 5,
      exact: true,
      facets: fields.map(field => ({
        field,
        type: 'any' as const,
        values: [{ value: 0, count: 2 }],
        more: 0,
        without: 0,
      })),
    }),
  })
  openFacets()
  const thumbs = within(await screen.findByRole('region', { name: 'score.thumbs' }))
  fireEvent.click(thumbs.getByRole('button', { name: 'score.thumbs' }))
  fireEvent.click(await thumbs.findByRole('button', { name: '0 2' }))
  expect(route()).toBe('score.thumbs:0')
  expect(screen.queryByRole('region', { name: 'score.a b' })).toBeNull()
})

test('groups lead to their rows; those without a value as well', async () => {
  await open(5, '/calls?group=model', {
    'lists.groups': () => ({
      total: 2,
      exact: true,
      values: ['<b>gpt</b>', null],
      count: Float64Array.of(4, 1),
      errors: Float64Array.of(0, 1),
      tokens: Float64Array.of(10, Number.NaN),
      cost: Float64Array.of(Number.NaN, Number.NaN),
      duration: Float64Array.of(1e6, Number.NaN),
    }),
  })
  expect(screen.getByRole('grid', { name: 'Calls by model' })).toBeTruthy()
  expect(screen.getAllByRole('rowheader').map(cell => cell.textContent)).toEqual(['<b>gpt</b>', 'none'])
  press('j')
  press('Enter')
  expect(location.hash).toBe('#/calls?q=-has%3Amodel')
})
