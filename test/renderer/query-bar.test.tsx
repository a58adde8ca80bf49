import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Input } from '../../shared/contract/index.ts'
import { fakeClient, listOf, summary, type FakeClient } from './fake-client.ts'
import { openWindow } from './render.tsx'

// Many keys, each with a whole window behind it: half a second of work, more on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 15_000 })
beforeEach(() => localStorage.clear())
afterEach(cleanup)

const box = () => screen.getByRole('combobox', { name: 'Query' }) as HTMLInputElement
const press = (key: string, more: object = {}) => fireEvent.keyDown(box(), { key, ...more })
const type = (value: string) => {
  box().focus()
  fireEvent.change(box(), { target: { value } })
  box().setSelectionRange(value.length, value.length)
  fireEvent.select(box())
}
const route = () => new URLSearchParams(location.hash.split('?')[1] ?? '').get('q')
const asked = (client: FakeClient) =>
  client.asked
    .filter(one => one.name === 'lists.rows')
    .map(one => (one.input as Input<'lists.rows'>).where?.query ?? '')
const offers = () => screen.queryAllByRole('option').map(option => option.firstChild?.textContent)
const message = () => document.getElementById(box().getAttribute('aria-describedby') ?? '')?.textContent

/** A store of 20 traces of which a query finds 3, one with `nothing` none. */
async function open(at = '/traces', more: Parameters<typeof fakeClient>[0] = {}) {
  const client = fakeClient({
    'store.summary': () => summary(20),
    'traces.list': input =>
      listOf(() => (input.where === undefined ? 20 : input.where.query.includes('nothing') ? 0 : 3))(input),
    'search.values': ({ field }) => ({
      values:
        field === 'model'
          ? [
              { value: 'gpt-4o', count: 12 },
              { value: 'my model', count: 1 },
            ]
          : [],
    }),
    ...more,
  })
  await openWindow(client, at)
  return client
}

test('what is typed is asked once typing rests, is said in words, and stands in the address', async () => {
  const client = await open()
  type('kind:too')
  type('kind:tool is:error ')
  expect(message()).toBe('traces with tool spans that failed')
  expect(await screen.findByRole('heading', { name: '3 of 20 traces' })).toBeTruthy()
  expect(asked(client)).toEqual(['', 'kind:tool is:error'])
  expect(route()).toBe('kind:tool is:error')
  expect(box().value).toBe('kind:tool is:error ')
  const { where } = client.asked.findLast(one => one.name === 'lists.rows')!.input as Input<'lists.rows'>
  expect(where?.zone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
})

test('typing one query is one step back; the next is another', async () => {
  await open()
  const before = history.length
  type('refund')
  await waitFor(() => expect(route()).toBe('refund'))
  type('refund order')
  await waitFor(() => expect(route()).toBe('refund order'))
  press('Enter')
  expect(history.length).toBe(before + 1)
  type('parcel')
  press('Enter')
  expect(history.length).toBe(before + 2)
  act(() => history.back())
  await waitFor(() => expect(box().value).toBe('refund order'))
})

test('a mistake is pointed at, and the last good result stays', async () => {
  const client = await open('/traces?q=kind:tool')
  expect(screen.getByRole('heading', { name: '3 of 20 traces' })).toBeTruthy()
  type('kind:tool (is:error')
  expect(message()).toContain('At character 11: This parenthesis is not closed.')
  press('Enter')
  expect(box().getAttribute('aria-invalid')).toBe('true')
  expect(message()).toContain('What is shown is the result before.')
  expect(document.querySelector('[data-mark=error]')?.textContent).toBe('(')
  fireEvent.click(screen.getByRole('button', { name: 'At character 11' }))
  expect([box().selectionStart, box().selectionEnd]).toEqual([10, 11])
  expect(screen.getByRole('grid')).toBeTruthy()
  expect(asked(client)).toEqual(['kind:tool'])
  expect(route()).toBe('kind:tool')
})

test('a link with a mistake lists nothing and says where it is', async () => {
  const client = await open('/traces?q=kind:tol')
  expect(screen.getByText('This query cannot be read')).toBeTruthy()
  expect(message()).toContain('There is no kind of that name. Near: tool')
  expect(asked(client)).toEqual([])
  type('kind:tool')
  expect(await screen.findByRole('grid')).toBeTruthy()
})

test('an unknown field is searched as text, and the field that was meant is one click away', async () => {
  const client = await open()
  type('modle:gpt-4o')
  expect(message()).toContain('modle is no field: searched as text. Did you mean model?')
  expect(document.querySelector('[data-mark=unknown]')?.textContent).toBe('modle')
  press('Enter')
  await waitFor(() => expect(asked(client)).toContain('modle:gpt-4o'))
  fireEvent.click(screen.getByRole('button', { name: 'model' }))
  expect(box().value).toBe('model:gpt-4o')
  type('https://example.com/x')
  expect(message()).not.toContain('no field')
})

test('completion by keyboard: a field, then its values with counts', async () => {
  await open()
  type('mod')
  await waitFor(() => expect(offers()[0]).toBe('model:'))
  expect(box().getAttribute('aria-expanded')).toBe('true')
  press('Tab')
  expect(box().value).toBe('model:')
  await waitFor(() => expect(offers()).toEqual(['gpt-4o', 'my model']))
  expect(screen.getAllByRole('option')[0]?.textContent).toBe('gpt-4o12 spans')
  press('ArrowDown')
  press('ArrowDown')
  const active = document.getElementById(box().getAttribute('aria-activedescendant') ?? '')
  expect(active?.textContent).toContain('my model')
  expect(active?.getAttribute('aria-selected')).toBe('true')
  press('Enter')
  expect(box().value).toBe('model:"my model" ')
  expect(offers()).toEqual([])
})

test('who is quicker than the completions gets the first of those for what was typed', async () => {
  await open()
  type('mod')
  await waitFor(() => expect(offers()[0]).toBe('model:'))
  type('dur')
  press('Tab')
  await waitFor(() => expect(box().value).toBe('duration:'))
})

test('a completion is taken in the same moment in which its word is typed on, and no letter after it is lost', async () => {
  await open()
  type('k')
  await waitFor(() => expect(offers()[0]).toBe('kind:'))
  type('kin')
  press('Tab')
  expect(box().value, 'without waiting').toBe('kind:')
  type('kind:t')
  await waitFor(() => expect(offers()).toContain('tool'))
  type('kind:to')
  press('Tab')
  expect(box().value).toBe('kind:tool ')
})

test('Escape closes the completions, then leaves to the list; the slash comes back', async () => {
  await open()
  type('mod')
  await waitFor(() => expect(offers().length).toBeGreaterThan(0))
  press('Escape')
  expect(offers()).toEqual([])
  expect(document.activeElement).toBe(box())
  press('Escape')
  expect(document.activeElement).toBe(screen.getByRole('grid'))
  fireEvent.keyDown(document.activeElement!, { key: '/' })
  expect(document.activeElement).toBe(box())
})

test('Up recalls what was asked in this store, Down comes back to what was being typed', async () => {
  await open()
  for (const query of ['first', 'second', 'first']) {
    type(query)
    press('Enter')
  }
  type('half')
  press('ArrowUp')
  expect(box().value).toBe('first')
  press('ArrowUp')
  expect(box().value).toBe('second')
  press('ArrowUp')
  expect(box().value).toBe('second')
  press('ArrowDown')
  press('ArrowDown')
  expect(box().value).toBe('half')
})

test('Down goes from the query into the list, and from a word that is being written into its completions', async () => {
  await open()
  type('mod')
  press('ArrowDown')
  await waitFor(() => expect(offers()[0]).toBe('model:'))
  expect(document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent).toMatch(/^model:/)
  expect(document.activeElement).toBe(box())
  press('Escape')
  press('ArrowDown')
  expect(document.activeElement).toBe(within(screen.getByRole('main')).getByRole('grid'))
})

test('a prefix of two letters waits for a third, or for Enter', async () => {
  const client = await open()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    type('re*')
    act(() => void vi.advanceTimersByTime(2000))
    expect(asked(client)).toEqual([''])
    type('ref*')
    act(() => void vi.advanceTimersByTime(2000))
    expect(asked(client)).toEqual(['', 'ref*'])
    type('re*')
    act(() => void vi.advanceTimersByTime(2000))
    expect(asked(client)).toEqual(['', 'ref*'])
  } finally {
    vi.useRealTimers()
  }
  press('Enter')
  await waitFor(() => expect(asked(client)).toEqual(['', 'ref*', 're*']))
})

test('sort: is a word for the list, not for the search', async () => {
  const client = await open()
  type('refund sort:')
  await waitFor(() => expect(offers()).toContain('-cost'))
  type('refund sort:-cost')
  press('Enter')
  await waitFor(() => expect(asked(client).at(-1)).toBe('refund'))
  expect(box().value).toBe('refund')
  expect(location.hash).toBe('#/traces?q=refund&sort=-cost')
})

test('the time menu writes into the text, in the place of the time that stood there', async () => {
  await open()
  type('is:error')
  fireEvent.click(screen.getByRole('button', { name: /Any time/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Last hour' }))
  expect(box().value).toBe('is:error started:>now-1h')
  fireEvent.click(screen.getByRole('button', { name: /Last hour/ }))
  const menu = await screen.findByRole('dialog', { name: 'Time range' })
  fireEvent.change(within(menu).getByLabelText('From'), { target: { value: '2026-01-05T14:02' } })
  fireEvent.change(within(menu).getByLabelText(/^To/), { target: { value: '2026-01-05T15:00' } })
  fireEvent.click(within(menu).getByRole('button', { name: 'Show' }))
  expect(box().value).toBe('is:error started:2026-01-05T14:02..2026-01-05T15:00')
})

test('an empty result says which condition is to blame, and takes it out', async () => {
  const client = await open('/traces?q=is:error%20nothing', {
    'search.without': () => ({
      clauses: [
        { clause: 'is:error', from: 0, to: 8, query: 'nothing', traces: 0, spans: 0, calls: 0 },
        { clause: 'nothing', from: 9, to: 16, query: 'is:error', traces: 2, spans: 7, calls: 0 },
      ],
    }),
  })
  expect(await screen.findByText('No traces match 2 conditions')).toBeTruthy()
  const list = await screen.findByRole('list', { name: 'What would match without one of the conditions' })
  expect(list.textContent).toBe('without nothing2 traces · 7 spansRemove')
  expect(screen.getByText('The other one changes nothing.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Remove nothing' }))
  expect(await screen.findByRole('grid')).toBeTruthy()
  expect(box().value).toBe('is:error')
  expect(asked(client).at(-1)).toBe('is:error')
})

test('several texts that no single span holds: a trace that has them is offered', async () => {
  const client = await open('/traces?q=nothing%20is:error%20%22rate%20limit%22', {
    'search.without': () => ({ clauses: [] }),
    'search.count': () => ({ traces: 2, spans: 9, calls: 0, exact: true }),
  })
  await screen.findByText(/2 traces hold them in any of their spans/)
  client.answers['traces.list'] = listOf(() => 2)
  fireEvent.click(await screen.findByRole('button', { name: 'Search whole traces' }))
  expect(box().value).toBe('is:error trace:(nothing) trace:("rate limit")')
  expect(await screen.findByRole('grid')).toBeTruthy()
})

test('the old result stays while the next is on the way; after a while that can be cancelled', async () => {
  let answer = () => {}
  const client = await open()
  client.answers['traces.list'] = input =>
    new Promise(resolve => {
      answer = () => resolve(listOf(() => 1)(input))
    })
  type('slowly')
  press('Enter')
  expect(screen.getByRole('heading', { name: '20 traces' })).toBeTruthy()
  expect(screen.queryByRole('img', { name: 'Searching' })).toBeNull()
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText(/Cancelled: this is the result before/)).toBeTruthy()
  expect(screen.getByRole('heading', { name: '20 traces' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Search again' }))
  await act(async () => answer())
  expect(await screen.findByRole('heading', { name: '1 of 20 traces' })).toBeTruthy()
})

test('a megabyte is refused with a sentence; five thousand parentheses are a mistake like any other', async () => {
  await open()
  fireEvent.paste(box(), { clipboardData: { getData: () => 'x'.repeat(1 << 20) } })
  expect(box().value).toBe('')
  expect(message()).toContain('1,048,576 characters; a query has at most 65,536. Nothing was put in.')
  type('('.repeat(5000))
  press('Enter')
  expect(message()).toContain('At most 50 parentheses')
})

test('what a trace wrote is inert in the completions', async () => {
  await open('/traces', {
    'search.values': () => ({ values: [{ value: '<img src=x>\u202egpj', count: 1 }] }),
  })
  type('model:')
  await waitFor(() => expect(offers()).toEqual(['<img src=x>⟦U+202E⟧gpj']))
})

test('while the text index is being built an empty result says that more may match, and the status bar how far it is', async () => {
  const status = { state: 'building' as const, done: 40, all: 100 }
  const client = await open('/traces?q=nothing', {
    'index.status': () => ({ ...status, path: '/stores/june.spanwise.index', bytes: 4096, blobs: 0 }),
    'index.stop': () => ({}),
    'search.without': () => ({ clauses: [] }),
  })
  expect(await screen.findByText(/text index is still being built: what it has not read may match/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'text index: 40%' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Stop' }))
  expect(client.asked.some(one => one.name === 'index.stop')).toBe(true)
  act(() => client.tell('index.progress', { state: 'complete', done: 100, all: 100 }))
  expect(screen.queryByText(/text index/)).toBeNull()
})

test('a lower bound says at least, and becomes exact when the index is complete', async () => {
  let complete = false
  const client = await open()
  const answer = client.answers['lists.rows']!
  client.answers['lists.rows'] = async input => ({ ...(await answer(input)), exact: complete })
  type('refund')
  press('Enter')
  expect(await screen.findByRole('heading', { name: 'at least 3 of 20 traces' })).toBeTruthy()
  complete = true
  act(() => client.tell('index.progress', { state: 'complete', done: 100, all: 100 }))
  expect(await screen.findByRole('heading', { name: '3 of 20 traces' })).toBeTruthy()
})

test('undo takes back what was typed and what a click put in, word by word, and redo puts it there again', async () => {
  await open()
  for (const text of ['r', 're', 'ref', 'ref ', 'ref x']) type(text)
  fireEvent.click(screen.getByRole('button', { name: 'Clear the query' }))
  expect(box().value).toBe('')
  press('z', { ctrlKey: true })
  expect(box().value).toBe('ref x')
  press('z', { ctrlKey: true })
  press('z', { ctrlKey: true })
  expect(box().value).toBe('ref')
  press('z', { ctrlKey: true })
  expect(box().value).toBe('')
  press('z', { ctrlKey: true })
  expect(box().value).toBe('')
  for (let n = 0; n < 4; n++) press('Z', { ctrlKey: true, shiftKey: true })
  expect(box().value).toBe('')
  press('z', { metaKey: true })
  expect(box().value).toBe('ref x')
  type('ref xy')
  press('Z', { ctrlKey: true, shiftKey: true })
  expect(box().value).toBe('ref xy')
})

test('a letter typed right after undoing has the caret behind it', async () => {
  await open()
  type('kind:tool')
  type('kind:tool is:error')
  press('z', { ctrlKey: true })
  expect(box().value).toBe('kind:tool')
  type('kind:tools')
  await act(() => new Promise(done => requestAnimationFrame(done)))
  expect(box().selectionStart).toBe('kind:tools'.length)
})

test('whoever leaves the box for the list has typed the query', async () => {
  await open()
  type('kind:tool')
  press('Escape')
  press('Escape')
  expect(route()).toBe('kind:tool')
})
