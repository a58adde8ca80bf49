import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Input } from '../../shared/contract/index.ts'
import { fakeClient, listAnswer, listOf, summary, traceRow } from './fake-client.ts'
import { active, asked, freshWindows, grid, open, press } from './open-list.tsx'
import { openWindow } from './render.tsx'

freshWindows()

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
