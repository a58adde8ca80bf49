import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ViewBoundary } from '../../renderer/app/parts/ViewBoundary.tsx'
import { fakeClient, listOf, summary, traceRow } from './fake-client.ts'
import { openWindow } from './render.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const store = (traces: number) =>
  fakeClient({ 'traces.list': listOf(() => traces), 'store.summary': () => summary(traces) })

test('an empty store opens on the first page, with the formats of the registry', async () => {
  await openWindow(store(0), '/')
  expect(screen.getByRole('heading', { name: 'Drop a trace dump here' })).toBeTruthy()
  expect(screen.getByText('OTLP JSON')).toBeTruthy()
  expect(screen.getByText('Nothing leaves this machine.')).toBeTruthy()
})

test('a store with traces opens on the list, and going back does not come to an empty page', async () => {
  await openWindow(store(3), '/')
  await waitFor(() => expect(location.hash).toBe('#/traces'))
  expect(await screen.findByRole('grid')).toBeTruthy()
})

test('who clicks a link while the first traces come goes where it leads', async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof summary>>()
  await openWindow(fakeClient({ 'store.summary': () => promise }), '/')
  // What a click does to the address: the page is told of it a moment later.
  history.pushState(null, '', '#/imports')
  await act(async () => resolve(summary(3)))
  expect(location.hash).toBe('#/imports')
})

test('rail and keys go to the views that exist, and mark where one is', async () => {
  await openWindow(store(3))
  const rail = screen.getByRole('navigation', { name: 'Views' })
  expect(
    within(rail)
      .getAllByRole('link')
      .map(link => link.textContent),
  ).toEqual(['Traces', 'Sessions', 'Prompts', 'Costs', 'Replay', 'Imports', 'Audit'])
  expect(within(rail).getByRole('link', { current: 'page' }).textContent).toBe('Traces')
  press('7', { ctrlKey: true })
  expect(location.hash).toBe('#/imports')
  expect(await screen.findByText('No imports yet')).toBeTruthy()
  press('1', { ctrlKey: true })
  expect(location.hash).toBe('#/traces')
})

test('the palette filters commands, runs one with Enter, and closes with Escape', async () => {
  await openWindow(store(3))
  press('k', { ctrlKey: true })
  const box = await screen.findByRole('combobox', { name: 'Command, trace name or id' })
  expect(screen.getAllByRole('option').length).toBeGreaterThan(5)
  fireEvent.change(box, { target: { value: 'imports go' } })
  await waitFor(() =>
    expect(
      screen
        .getAllByRole('option')
        .map(one => one.textContent)
        .slice(0, 2),
    ).toEqual(['WindowGo to ImportsCtrl+7', 'SearchTraces that match imports go']),
  )
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(location.hash).toBe('#/imports'))
  expect(screen.queryByRole('combobox')).toBeNull()
  press('k', { ctrlKey: true })
  fireEvent.keyDown(await screen.findByRole('combobox'), { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
})

test('a pasted trace id is found in the store', async () => {
  const client = store(3)
  client.answers['traces.find'] = ({ traceId }) => ({ id: traceId === '9f2c0001aa' ? 1 : null })
  await openWindow(client)
  fireEvent.click(screen.getByRole('button', { name: /Search or do anything/ }))
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: '9f2c0001aa' } })
  expect(await screen.findByRole('option', { name: /Open trace 9f2c0001aa/ })).toBeTruthy()
})

test('a query typed into the palette is asked of the traces', async () => {
  await openWindow(store(3), '/imports')
  press('k', { ctrlKey: true })
  const box = await screen.findByRole('combobox')
  fireEvent.change(box, { target: { value: 'kind:tool is:error' } })
  await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Traces that match kind:tool'))
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(location.hash).toBe('#/traces?q=kind%3Atool+is%3Aerror'))
})

test('the palette finds traces by name, and never shows what an earlier text found', async () => {
  const client = store(3)
  const waiting: (() => void)[] = []
  client.answers['traces.list'] = input => {
    if (!input.where) return listOf(() => 3)(input)
    const slow = input.where.query.includes('slow')
    const answer = { total: 30, rows: [traceRow(slow ? 1 : 2, { name: slow ? 'slow one' : 'chat with docs' })] }
    return slow ? new Promise(done => waiting.push(() => done(answer))) : answer
  }
  await openWindow(client)
  press('k', { ctrlKey: true })
  const box = await screen.findByRole('combobox')
  fireEvent.change(box, { target: { value: 'slow' } })
  await waitFor(() => expect(waiting.length).toBe(1))
  fireEvent.change(box, { target: { value: 'chat' } })
  await screen.findByRole('option', { name: /chat with docs/ })
  act(() => waiting[0]!())
  await act(() => new Promise(done => setTimeout(done, 20)))
  expect(screen.queryByRole('option', { name: /slow one/ })).toBeNull()
  expect(screen.getByText(/newest 1 of 30 traces/)).toBeTruthy()
  fireEvent.change(box, { target: { value: 'slow again' } })
  await waitFor(() => expect(screen.queryByRole('option', { name: /chat with docs/ })).toBeNull())
  fireEvent.change(box, { target: { value: 'chat' } })
  fireEvent.click(await screen.findByRole('option', { name: /chat with docs/ }))
  await waitFor(() => expect(location.hash).toBe('#/trace/trace-2'))
})

test('the palette says what it searched when nothing was found, and what went wrong', async () => {
  const client = store(3)
  client.answers['traces.list'] = input => {
    if (input.where?.query.includes('broken')) throw { code: 'store/busy', message: 'The store is busy.' } as never
    return input.where ? { total: 0, rows: [] } : listOf(() => 3)(input)
  }
  await openWindow(client)
  press('k', { ctrlKey: true })
  const box = await screen.findByRole('combobox')
  fireEvent.change(box, { target: { value: 'zzz' } })
  expect(await screen.findByText('Looking…')).toBeTruthy()
  expect(await screen.findByText(/no span name has “zzz” in it, and no trace id begins with it/)).toBeTruthy()
  fireEvent.change(box, { target: { value: 'broken' } })
  expect(await screen.findByText(/could not be searched: The store is busy/)).toBeTruthy()
})

test.each(['Imports', 'Audit'])('a click in the rail on the way from %s gives the keys to the list', async from => {
  await openWindow(store(3))
  const click = async (name: string) => {
    const link = within(screen.getByRole('navigation', { name: 'Views' })).getByRole('link', { name })
    link.focus()
    fireEvent.click(link)
    await waitFor(() => expect(link.getAttribute('aria-current')).toBe('page'))
  }
  await click(from)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')))
  await click('Traces')
  const grid = await screen.findByRole('grid')
  await waitFor(() => expect(document.activeElement).toBe(grid))
  press('ArrowDown')
  expect(grid.getAttribute('aria-activedescendant')).toMatch(/-row-1$/)
  // Where one is already, too.
  await click('Traces')
  expect(document.activeElement).toBe(grid)
})

test('the shortcut sheet lists what is registered and what shut views would add', async () => {
  await openWindow(store(3))
  press('?', { shiftKey: true })
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(sheet).getByText('Go to Imports')).toBeTruthy()
  expect(within(sheet).getByText('Next row')).toBeTruthy()
  expect(within(sheet).getByText('Next error')).toBeTruthy()
  fireEvent.change(within(sheet).getByRole('textbox'), { target: { value: 'ctrl+o' } })
  expect(
    within(sheet)
      .getAllByRole('term')
      .map(term => term.textContent),
  ).toEqual(['Open file…'])
})

test('a question mark in a text field is a question mark', async () => {
  await openWindow(store(3))
  press('k', { ctrlKey: true })
  fireEvent.keyDown(await screen.findByRole('combobox'), { key: '?', shiftKey: true })
  expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull()
})

test('F6 walks the panes both ways and comes back to where one was', async () => {
  await openWindow(store(3))
  const grid = screen.getByRole('grid')
  grid.focus()
  press('F6')
  expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('Status bar')
  press('F6', { shiftKey: true })
  expect(document.activeElement).toBe(grid)
  press('F6', { shiftKey: true })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Split by/ }))
  press('F6', { shiftKey: true })
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Query' }))
  press('F6', { shiftKey: true })
  expect(document.activeElement?.textContent).toBe('Traces')
})

test('the status bar names the store and says that nothing is contacted', async () => {
  await openWindow(store(3))
  const bar = screen.getByRole('contentinfo')
  expect(within(bar).getByRole('button', { name: 'june.spanwise' })).toBeTruthy()
  expect(within(bar).getByRole('button', { name: '30 spans · 3 traces' })).toBeTruthy()
  fireEvent.click(within(bar).getByRole('button', { name: 'offline' }))
  expect(await screen.findByText(/Spanwise contacts nothing/)).toBeTruthy()
})

test('a store of a newer build says why it is read-only', async () => {
  const client = store(3)
  client.answers['store.summary'] = () => ({ ...summary(3), readOnly: true, newerSchema: true })
  await openWindow(client)
  fireEvent.click(screen.getByRole('button', { name: 'read-only' }))
  expect(await screen.findByText(/A newer version of Spanwise wrote this store/)).toBeTruthy()
})

test('while the engine restarts a banner says so, and the page stays', async () => {
  const client = store(3)
  await openWindow(client)
  act(() => client.tell('process.state', { process: 'engine', state: 'restarting', message: 'It ended by itself.' }))
  expect(screen.getByText(/Reopening the store… It ended by itself\./)).toBeTruthy()
  expect(screen.getByRole('grid')).toBeTruthy()
  act(() => client.tell('process.state', { process: 'engine', state: 'running', message: '' }))
  expect(screen.queryByText(/Reopening/)).toBeNull()
  act(() => client.connect(false))
  expect(screen.getByText(/process is not answering/)).toBeTruthy()
})

test('an address of no view says so instead of showing nothing', async () => {
  await openWindow(store(3), '/nowhere')
  expect(screen.getByText('There is nothing at this address')).toBeTruthy()
})

test('an answer that is not what was agreed is refused, in the place of the view', async () => {
  const client = store(3)
  client.answers['imports.list'] = () => ({ imports: [null] }) as never
  await openWindow(client, '/imports')
  expect((await screen.findByRole('alert')).textContent).toContain('window/unreadable-answer')
  expect(screen.getByRole('navigation', { name: 'Views' })).toBeTruthy()
})

test('a view that fails says so with a code, and can be tried again', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {})
  let broken = true
  function View() {
    if (broken) throw new Error('rows is not iterable')
    return <p>all well</p>
  }
  render(
    <ViewBoundary>
      <View />
    </ViewBoundary>,
  )
  expect(screen.getByRole('alert').textContent).toContain('rows is not iterable')
  expect(screen.getByRole('button', { name: 'Copy window/view-failed' })).toBeTruthy()
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('all well')).toBeTruthy()
  silent.mockRestore()
})

test('the theme can be pinned and given back to the system', async () => {
  await openWindow(store(3))
  press('k', { ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'dark' } })
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' })
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'))
  press('k', { ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'follow' } })
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' })
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBeUndefined())
})
