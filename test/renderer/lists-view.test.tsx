import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Input, Output } from '../../shared/contract/index.ts'
import { hideToast } from '../../renderer/state/undo.ts'
import { fakeClient, listAnswer, listOf, summary, traceRow, type FakeClient } from './fake-client.ts'
import { openWindow } from './render.tsx'

// Other work may share the machine.
configure({ asyncUtilTimeout: 5000 })

beforeEach(() => localStorage.clear())
afterEach(() => {
  cleanup()
  hideToast()
})

const grid = () => screen.getByRole('grid')
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? grid(), { key, ...more })
const route = () => new URLSearchParams(location.hash.split('?')[1] ?? '').get('q')
const headers = () => screen.getAllByRole('columnheader').map(header => header.textContent)
const asked = <K extends 'notes.set' | 'notes.setMatching' | 'lists.rows'>(client: FakeClient, name: K) =>
  client.asked.filter(one => one.name === name).map(one => one.input as Input<K>)

/** What is open stays open from one test to the next: it is the window's. */
function openFacets(): void {
  const button = screen.getByRole('button', { name: 'Facets' })
  if (button.getAttribute('aria-pressed') === 'false') fireEvent.click(button)
}

/** A store of so many traces whose stars are kept in a set. */
async function open(total: number, at = '/traces', more: Parameters<typeof fakeClient>[0] = {}) {
  const starred = new Set<number>()
  let change = 0
  const client = fakeClient({
    'traces.list': listOf(() => total),
    'store.summary': () => summary(total),
    'notes.read': ({ ids }) => ({
      starred: ids.map(id => starred.has(id)),
      tags: ids.map(() => []),
      notes: ids.map(() => null),
    }),
    'notes.set': ({ ids, on }) => {
      for (const id of ids)
        if (on) starred.add(id)
        else starred.delete(id)
      return { change: ++change, rows: ids.length }
    },
    'notes.setMatching': () => ({ change: ++change, rows: total }),
    'notes.undo': () => {
      starred.clear()
      return { change: ++change, rows: 1 }
    },
    ...more,
  })
  await openWindow(client, at)
  await screen.findAllByRole('rowheader')
  return client
}

test('x selects, Shift and arrows extend, Mod+A selects all with an exact count, Escape lets go', async () => {
  await open(1_000_000)
  const bar = () => screen.getByRole('toolbar', { name: 'With what is selected' })
  press('x')
  expect(bar().textContent).toContain('1 trace')
  press('ArrowDown', { shiftKey: true })
  await waitFor(() => expect(bar().textContent).toContain('2 traces'))
  expect(active()?.getAttribute('aria-selected')).toBe('true')
  press('a', { ctrlKey: true })
  expect(bar().textContent).toContain('1,000,000 traces, all that match')
  press('x')
  expect(bar().textContent).toContain('999,999 traces')
  expect(active()?.getAttribute('aria-selected')).toBe('false')
  press('Escape')
  expect(screen.queryByRole('toolbar', { name: 'With what is selected' })).toBeNull()
})

test('what is done to all that matches names the query and the exceptions, not a million ids', async () => {
  const client = await open(5000, '/traces?q=is:error')
  press('a', { ctrlKey: true })
  press('x')
  press('s')
  await waitFor(() => expect(asked(client, 'notes.setMatching')).toHaveLength(1))
  expect(asked(client, 'notes.setMatching')[0]).toMatchObject({
    list: 'traces',
    where: { query: 'is:error' },
    except: [0],
    word: '',
    on: true,
  })
  expect(await screen.findByText('5,000 traces starred')).toBeTruthy()
})

test('another query lets go of what was selected', async () => {
  await open(10)
  press('x')
  expect(screen.getByRole('toolbar', { name: 'With what is selected' })).toBeTruthy()
  await act(async () => {
    location.hash = '/traces?q=is:error'
    dispatchEvent(new HashChangeEvent('hashchange'))
    await new Promise(done => setTimeout(done, 20))
  })
  expect(screen.queryByRole('toolbar', { name: 'With what is selected' })).toBeNull()
})

test('a star shows at once when the store tells, and Mod+Z takes it back', async () => {
  const client = await open(3)
  press('s')
  expect(asked(client, 'notes.set')).toEqual([{ of: 'traces', ids: [0], word: '', on: true }])
  expect(await screen.findByText('1 trace starred')).toBeTruthy()
  act(() => client.tell('notes.changed', {}))
  expect(await screen.findByRole('button', { name: 'Starred' })).toBeTruthy()
  press('z', { ctrlKey: true })
  expect(await screen.findByText('Undone: 1 trace starred')).toBeTruthy()
  act(() => client.tell('notes.changed', {}))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Starred' })).toBeNull())
})

test('what cannot be done says why', async () => {
  const client = await open(3)
  client.answers['notes.set'] = () => {
    // An answer of the wire, not an exception of this test.
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
    throw { code: 'store/read-only-folder', message: 'The store cannot be written.' }
  }
  press('s')
  expect(await screen.findByText('That could not be done: The store cannot be written.')).toBeTruthy()
})

test('what takes long shows what it found so far and how much is read, reads on by itself, and stops at Escape', async () => {
  let reads = 0
  let isOver = false
  const client = await open(20, '/traces', {
    'lists.rows': input => {
      if (!input.where) return listAnswer(input, 20, [traceRow(0), traceRow(1)])
      reads++
      const found = isOver ? 3 : 1
      const answer = listAnswer(
        input,
        found,
        Array.from({ length: found }, (_, i) => traceRow(i)),
      )
      return isOver ? answer : { ...answer, exact: false, searched: { done: Math.min(reads, 40), all: 100 } }
    },
  })
  act(() => {
    location.hash = '/traces?q=/[a-z]/'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  const heading = () => screen.getByRole('heading', { level: 1 }).textContent
  await waitFor(() => expect(heading()).toBe('at least 1 of 20 traces'))
  expect(asked(client, 'lists.rows').at(-1)?.where?.patience).toBeGreaterThan(0)
  const read = () => Number(/so far: (\d+)% read/.exec(document.body.textContent)?.[1])
  const before = read()
  await waitFor(() => expect(read()).toBeGreaterThan(before))
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy()
  expect(screen.queryByRole('group', { name: 'Totals of all that match' })).toBeNull()
  press('Escape')
  expect(await screen.findByRole('button', { name: 'Search on' })).toBeTruthy()
  await new Promise(done => setTimeout(done, 60))
  const stopped = reads
  await new Promise(done => setTimeout(done, 120))
  expect(reads).toBe(stopped)
  expect(heading()).toBe('at least 1 of 20 traces')
  isOver = true
  fireEvent.click(screen.getByRole('button', { name: 'Search on' }))
  await waitFor(() => expect(heading()).toBe('3 of 20 traces'))
  expect(document.body.textContent).not.toContain('so far')
})

test('what matches best is asked for where a query holds a text', async () => {
  const client = await open(20, '/traces?q=is:error')
  expect(screen.queryByRole('button', { name: 'Best match first' })).toBeNull()
  act(() => {
    location.hash = '/traces?q=zebra'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  const button = await screen.findByRole('button', { name: 'Best match first' })
  fireEvent.click(button)
  await waitFor(() =>
    expect(asked(client, 'lists.rows').at(-1)).toMatchObject({ sort: { column: 'relevance', descending: true } }),
  )
  expect(button.getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(button)
  await waitFor(() => expect(asked(client, 'lists.rows').at(-1)).toMatchObject({ sort: { column: 'started' } }))
})

test('a query that fails takes the count before with it, and says whose rows are still there', async () => {
  let fails = true
  const client = await open(20, '/traces?q=is:error', {
    'lists.groups': () => {
      // An answer of the wire, not an exception of this test.
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
      if (fails) throw { code: 'lists/no-such-field', message: 'nosuch is no field.' }
      return {
        total: 1,
        exact: true,
        values: ['x'],
        count: Float64Array.of(4),
        errors: Float64Array.of(0),
        tokens: Float64Array.of(10),
        cost: Float64Array.of(Number.NaN),
        duration: Float64Array.of(1e6),
      }
    },
  })
  act(() => {
    location.hash = '/traces?q=zebra&group=nosuch'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('Still shown is the result before: traces with spans that failed (20 traces).')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Traces could not be counted')
  // Nothing of the failed question is put among the rows before.
  const before = client.asked.filter(one => one.name === 'lists.groups').length
  press('End')
  await new Promise(done => setTimeout(done, 20))
  expect(client.asked.filter(one => one.name === 'lists.groups')).toHaveLength(before)
  fails = false
  fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { level: 1, name: '1 group of traces' })).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('Space shows a card about the row, which follows the cursor; Escape closes it', async () => {
  const client = await open(20, '/traces', {
    'traces.peek': ({ trace }) => ({
      name: `trace ${trace}`,
      spans: 4,
      cost: 2e9,
      computed: 3e9,
      asked: 'where is order 1182?',
      answer: 'on its way',
      error: { name: 'lookup', message: 'timed out' },
    }),
  })
  const card = () => screen.queryByRole('region', { name: 'Peek' })
  expect(card()).toBeNull()
  press(' ')
  await waitFor(() => expect(card()?.textContent).toContain('trace 0'))
  for (const said of ['4 spans', '$2.00, computed $3.00', 'lookup: timed out', 'where is order 1182?', 'on its way']) {
    expect(card()?.textContent).toContain(said)
  }
  expect(document.activeElement).toBe(grid())
  press('ArrowDown')
  await waitFor(() => expect(card()?.textContent).toContain('trace 1'))
  expect(client.asked.filter(one => one.name === 'traces.peek').map(one => one.input)).toEqual([
    { trace: 0 },
    { trace: 1 },
  ])
  press('Escape')
  expect(card()).toBeNull()
})

test('an empty list has one main heading', async () => {
  await openWindow(fakeClient({ 'traces.list': listOf(() => 0), 'store.summary': () => summary(0) }), '/traces')
  expect(await screen.findByRole('heading', { level: 2, name: 'This store has no traces' })).toBeTruthy()
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
})

test('while a search takes its time, the count before does not stand beside its sentence', async () => {
  let answer = () => {}
  await open(20, '/traces', {
    'lists.totals': () => ({
      total: 20,
      exact: true,
      outside: 0,
      sums: { traces: 20, spans: 20, calls: 0, errors: 0, uncosted: 0 },
    }),
    'lists.rows': async (input: Input<'lists.rows'>) => {
      if (input.where?.query) await new Promise<void>(resolve => (answer = resolve))
      return listAnswer(input, input.where?.query ? 3 : 20, [traceRow(1)])
    },
  })
  const heading = () => screen.getByRole('heading', { level: 1 }).textContent
  expect(heading()).toBe('20 traces')
  act(() => {
    location.hash = '/traces?q=zebra'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  await waitFor(() => expect(heading()).toBe('Counting traces…'))
  answer()
  await waitFor(() => expect(heading()).toBe('3 of 20 traces'))
})

test('all of one are said to be one', async () => {
  await open(1)
  press('a', { ctrlKey: true })
  await waitFor(() => expect(document.body.textContent).toContain('1 trace selected'))
  expect(document.body.textContent).not.toContain('All 1 ')
})

test('Right goes into the cells of a row, and Mod+C copies the one it stands on', async () => {
  const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: written } }))
  await open(5)
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

test('a list of spans leads to the span in its trace', async () => {
  const client = fakeClient({
    'lists.rows': input => listAnswer(input, 2, [traceRow(7), traceRow(8)]),
    'store.summary': () => summary(2),
  })
  await openWindow(client, '/spans?q=is:error')
  await screen.findAllByRole('rowheader')
  press('Enter')
  expect(location.hash).toBe('#/trace/trace-7?q=is%3Aerror&list=spans&span=7')
})

test('a session leads to its conversation', async () => {
  const client = fakeClient({
    'lists.rows': input => listAnswer(input, 1, [traceRow(1, { session: 'chat "1"' })]),
    'store.summary': () => summary(2),
  })
  await openWindow(client, '/sessions')
  await screen.findAllByRole('rowheader')
  press('Enter')
  expect(location.hash).toBe(`#/session/${encodeURIComponent('chat "1"')}`)
})

test('a saved view can be taken back', async () => {
  const views: { id: number; name: string; view: Input<'views.save'>['view'] }[] = []
  const client = await open(5, '/traces?q=is:error&sort=-cost', {
    'views.list': () => ({ views: [...views] }),
    'views.save': ({ name, view }) => {
      views.push({ id: 1, name, view })
      return { id: 1, replaced: null }
    },
    'views.remove': () => (views.pop(), {}),
  })
  press('s', { ctrlKey: true })
  const name = await screen.findByRole('textbox', { name: 'Name' })
  fireEvent.change(name, { target: { value: ' Dear failures ' } })
  fireEvent.submit(name)
  expect(await screen.findByText('Saved as “Dear failures”')).toBeTruthy()
  expect(views).toEqual([{ id: 1, name: 'Dear failures', view: { list: 'traces', query: 'is:error', sort: '-cost' } }])
  act(() => client.tell('notes.changed', {}))
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(views).toEqual([]))
})
