import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { TraceTree } from '../../../shared/contract/traces.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { type DrawnSpan, treeOf } from './forest.ts'
import { findDanger, hostile } from './hostile.ts'

freshWindows()

const drawn: DrawnSpan = {
  name: 'answer_question',
  kind: 'agent',
  status: 'error',
  offset: 0,
  duration: 12_800_000,
  children: [
    {
      name: 'plan',
      kind: 'generation',
      model: 'gpt-4o',
      counted: 1,
      input: 1200,
      output: 80,
      cached: 1000,
      cost: 3_900_000,
      firstToken: 200_000,
      offset: 0,
      duration: 1_000_000,
    },
    {
      name: 'refund_worker',
      kind: 'agent',
      status: 'error',
      offset: 1_000_000,
      duration: 9_000_000,
      children: [
        { name: 'issue_refund', kind: 'tool', status: 'error', offset: 2_100_000, duration: 400_000 },
        { name: 'decide', kind: 'generation', model: 'my-finetune', counted: 1, offset: 3_000_000 },
      ],
    },
  ],
}

function spanOf(tree: TraceTree, row: number, more: Partial<Span> = {}): Span {
  const kinds = ['agent', 'generation', 'agent', 'tool', 'generation'] as const
  return {
    id: `span-${row}`,
    kind: kinds[row] ?? 'other',
    name: tree.strings[tree.name[row]!] ?? '',
    status: 'unset',
    attributes: {},
    ...more,
  }
}

async function openTrace(roots: readonly DrawnSpan[] = [drawn], read: (row: number) => Partial<Span> = () => ({})) {
  const tree = treeOf(roots)
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => spanOf(tree, id - 1000, read(id - 1000)),
    'traces.list': () => ({ total: 0, rows: [] }),
  })
  await openWindow(client, `/trace/${tree.trace.traceId}`)
  // The view comes with its code: on a busy machine that takes seconds the first time.
  await screen.findByRole('treegrid', {}, { timeout: 10_000 })
  return { client, tree }
}

const grid = () => screen.getByRole('treegrid', { name: 'Spans' })
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')!
const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more })
const rowNames = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getByRole('rowheader').textContent)

test('the tree is a treegrid with one Tab stop, and says what each row is', async () => {
  await openTrace()
  expect(document.activeElement).toBe(grid())
  expect(grid().tabIndex).toBe(0)
  expect(
    within(grid())
      .queryAllByRole('row')
      .filter(row => row.tabIndex >= 0),
  ).toEqual([])
  expect(grid().getAttribute('aria-rowcount')).toBe('5')
  expect(grid().getAttribute('aria-colcount')).toBe(String(within(grid()).getAllByRole('columnheader').length))
  expect(active().getAttribute('aria-label')).toBe('agent, answer_question, failed, 12.8 seconds, 2 children')
  const tool = screen.getByRole('row', { name: 'tool, issue_refund, failed, 0.4 seconds, no children' })
  const attributes = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-rowindex', 'aria-selected', 'aria-expanded']
  expect(attributes.map(name => tool.getAttribute(name))).toEqual(['3', '1', '2', '4', 'false', null])
  expect(
    within(tool).getByRole('gridcell', {
      name: 'starts at 2.10 s, lasts 400 ms, 3% of trace, 400 ms on the critical path',
    }),
  ).toBeTruthy()
  expect(active().getAttribute('aria-expanded')).toBe('true')
})

test('arrows fold, unfold and walk; Right goes into the cells', async () => {
  await openTrace()
  press('ArrowDown')
  press('j')
  expect(active().getAttribute('aria-label')).toContain('refund_worker')
  press('ArrowLeft')
  expect(active().getAttribute('aria-expanded')).toBe('false')
  expect(grid().getAttribute('aria-rowcount')).toBe('3')
  press('ArrowLeft')
  expect(active().getAttribute('aria-level')).toBe('1')
  press('ArrowDown')
  press('ArrowDown')
  press('l')
  expect(grid().getAttribute('aria-rowcount')).toBe('5')
  press('ArrowRight')
  expect(active().getAttribute('role')).toBe('rowheader')
  press('ArrowRight')
  expect(active().getAttribute('role')).toBe('gridcell')
  press('End')
  expect(active().getAttribute('aria-label')).toContain('starts at')
  press('Home')
  press('ArrowLeft')
  expect(active().getAttribute('role')).toBe('row')
  press('1')
  expect(rowNames()).toHaveLength(3)
  press('0')
  press('ArrowLeft', { shiftKey: true })
  expect(grid().getAttribute('aria-rowcount')).toBe('3')
})

test('e goes where an error started, unfolds it, and its message is there to read', async () => {
  const { client } = await openTrace([drawn], row =>
    row === 3 ? { status: 'error', statusMessage: 'HTTP 422: amount exceeds limit', errorType: 'ToolError' } : {},
  )
  press('ArrowLeft')
  expect(grid().getAttribute('aria-rowcount')).toBe('1')
  press('e')
  expect(active().getAttribute('aria-label')).toBe('tool, issue_refund, failed, 0.4 seconds, no children')
  const detail = screen.getByRole('region', { name: 'Span details' })
  await within(detail).findByText('HTTP 422: amount exceeds limit')
  expect(within(detail).getByText(/Failed/).textContent).toBe('Failed: ToolError')
  await waitFor(() => expect(location.hash).toContain('span=1003'))
  expect(client.asked.filter(({ name }) => name === 'spans.read').length).toBeLessThanOrEqual(2)
})

test('holding a key reads the span it ends on, not those it passed', async () => {
  const many = Array.from({ length: 60 }, (_, i): DrawnSpan => ({
    name: `step ${i}`,
    kind: 'tool',
    offset: i,
    duration: 1,
  }))
  const { client } = await openTrace([{ name: 'root', kind: 'agent', offset: 0, duration: 60, children: many }])
  await waitFor(() => expect(client.asked.some(({ name }) => name === 'spans.read')).toBe(true))
  const before = client.asked.length
  // The clock stands while the key is held, however slow the machine is.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    for (let i = 0; i < 50; i++) press('ArrowDown')
    act(() => void vi.advanceTimersByTime(150))
  } finally {
    vi.useRealTimers()
  }
  await waitFor(() =>
    expect(client.asked.at(-1)).toEqual({ name: 'spans.read', input: { id: 1050, holdBack: 100_000 } }),
  )
  const reads = client.asked.slice(before).filter(({ name }) => name === 'spans.read')
  expect(reads.length).toBeLessThanOrEqual(3)
})

test('unknown is a dash with its reason, never a zero; sums say what they lack', async () => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 1280 })
  await openTrace()
  const open = screen.getByRole('row', { name: /decide/ })
  const cells = within(open)
    .getAllByRole('gridcell')
    .map(cell => cell.getAttribute('aria-label') ?? cell.textContent)
  expect(cells).toContain('—: The file gives no token counts for this call')
  expect(cells).toContain('—: No cost recorded and no price known for this call')
  expect(open.textContent).toContain('—')
  expect(open.textContent).not.toContain('0.0')
  const root = screen.getByRole('row', { name: /answer_question/ })
  expect(root.textContent).toContain('≥$0.0039')
  expect(screen.getByRole('button', { name: '1 call unpriced' })).toBeTruthy()
})

test('the detail says which parts of the usage the file does not give', async () => {
  const said: Message = { role: 'user', parts: [{ type: 'text', text: 'hi' }] }
  await openTrace([drawn], row => (row === 1 ? { usage: { input: 1200, output: 0 }, inputMessages: [said] } : {}))
  press('ArrowDown')
  fireEvent.click(await screen.findByRole('tab', { name: 'Usage' }))
  const usage = screen.getByRole('tabpanel')
  const pairs = [...usage.querySelectorAll('dt')].map(
    term => `${term.textContent}: ${term.nextElementSibling?.textContent}`,
  )
  expect(pairs).toContain('input: 1,200')
  expect(pairs).toContain('output: 0')
  expect(pairs).toContain('reasoning: —not in the file')
  expect(pairs).toContain('recorded cost: —not in the file')
  expect(location.hash).toContain('tab=usage')
})

test('a section the reader chose is shown for every span that has it', async () => {
  await openTrace([drawn], row => ({ attributes: { [`own.${row}`]: 'x', '': null } }))
  fireEvent.click(await screen.findByRole('tab', { name: 'Attributes2' }))
  press('ArrowDown')
  expect(await screen.findByText('own.1')).toBeTruthy()
  const filter = screen.getByRole('searchbox', { name: 'Filter attributes' })
  fireEvent.change(filter, { target: { value: 'nothing like it' } })
  await within(screen.getByRole('tabpanel')).findByText('No attribute holds “nothing like it”.')
})

test('oddities are counted and lead to their spans', async () => {
  await openTrace([drawn, { name: 'lost', kind: 'generation', marks: ['orphan'], offset: 5, duration: 5 }])
  fireEvent.click(screen.getByRole('button', { name: '1 orphan' }))
  expect(active().getAttribute('aria-label')).toBe('generation, lost, parent not in file, 5 microseconds, no children')
})

test('hostile names, models, attributes, prompts and errors are text', async () => {
  const evil = hostile.join(' ')
  const { client } = await openTrace(
    [
      {
        name: evil,
        kind: 'generation',
        model: evil,
        status: 'error',
        offset: 0,
        duration: 1,
        counted: 1,
        children: [],
      },
    ],
    () => ({
      name: evil,
      kind: 'generation',
      status: 'error',
      statusMessage: evil,
      errorType: evil,
      model: evil,
      provider: evil,
      finishReasons: [evil],
      prompt: { name: evil, version: evil, template: evil, variables: { [evil]: evil } },
      toolsOffered: [{ name: evil, description: evil, parameters: { [evil]: evil } }],
      documents: [{ rank: 1, id: evil, title: evil, content: evil, uri: evil, metadata: { [evil]: evil } }],
      scores: [{ name: evil, label: evil, explanation: evil, source: evil }],
      events: [{ name: evil, attributes: { [evil]: evil, 'exception.type': evil, 'exception.stacktrace': evil } }],
      attributes: { [evil]: evil, __proto__x: { constructor: evil } },
      resource: { [evil]: evil },
      readBy: { model: evil },
    }),
  )
  const tabs = await screen.findAllByRole('tab')
  for (const tab of tabs) {
    if (tab.textContent === 'Raw') continue
    fireEvent.click(tab)
    expect(findDanger(document.body), tab.textContent).toEqual([])
    expect(screen.getByRole('tabpanel').textContent).toContain(
      tab.textContent === 'Usage' ? 'recorded cost' : '<script>',
    )
  }
  expect('pwn' in globalThis).toBe(false)
  expect(client.asked.some(({ name }) => name === 'links.open')).toBe(false)
})

test('a trace that is not in the store says so, with a way out', async () => {
  const client = fakeClient({
    'traces.tree': () => {
      // oxlint-disable-next-line no-throw-literal
      throw { code: 'store/no-trace', message: 'The store has no trace of this id.' }
    },
    'traces.list': () => ({ total: 0, rows: [] }),
  })
  await openWindow(client, '/trace/nowhere')
  await screen.findByText('This trace is not in the store')
  expect(screen.getByRole('button', { name: 'All traces' })).toBeTruthy()
})

test('a trace that could not be read says why, and can be tried again', async () => {
  const tree = treeOf([drawn])
  let broken = true
  const client = fakeClient({
    'traces.tree': () => {
      // oxlint-disable-next-line no-throw-literal
      if (broken) throw { code: 'store/busy', message: 'The store is being replaced.' }
      return tree
    },
    'spans.read': ({ id }) => spanOf(tree, id - 1000),
  })
  await openWindow(client, '/trace/x')
  await screen.findByText('The store is being replaced.')
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('treegrid')).toBeTruthy()
})

test('Mod+J hides the details and brings them back, Mod+\\ puts them below; Enter needs them', async () => {
  await openTrace()
  const details = () => screen.queryByRole('region', { name: 'Span details' })
  expect(details()).toBeTruthy()
  press('j', { ctrlKey: true })
  expect(details()).toBeNull()
  expect(document.activeElement).toBe(grid())
  press('Enter')
  await waitFor(() => expect(details()?.contains(document.activeElement)).toBe(true))
  fireEvent.keyDown(grid(), { key: '\\', ctrlKey: true })
  expect(screen.getByRole('separator', { name: 'Height of the details' })).toBeTruthy()
  fireEvent.keyDown(grid(), { key: '\\', ctrlKey: true })
  expect(screen.getByRole('separator', { name: 'Width of the details' })).toBeTruthy()
})

test('a trace that is long in coming: the old one is dimmed, then a line says that it is read', async () => {
  const { client, tree } = await openTrace()
  let give = (): void => {}
  const later = treeOf([{ name: 'later', kind: 'tool' }])
  client.answers['traces.find'] = () => ({ id: 2 })
  client.answers['traces.tree'] = () =>
    new Promise(resolve => {
      give = () => resolve({ ...later, trace: { ...later.trace, id: 2, traceId: 'later' } })
    })
  act(() => {
    location.hash = '/trace/later'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  const bar = await screen.findByRole('progressbar', { name: 'Reading the trace' })
  // What was there still is.
  expect(screen.queryByRole('row', { name: new RegExp(tree.strings[tree.name[0]!]!) })).toBeTruthy()
  act(() => give())
  await waitFor(() => expect(bar.isConnected).toBe(false))
  expect(await screen.findByRole('row', { name: /later/ })).toBeTruthy()
})

test('an answer to a request that was sent again leads to the call that was', async () => {
  const links = [
    { traceId: 't/1', spanId: 'ab', attributes: { 'link.type': 'replay_of' } },
    { traceId: 't2', spanId: '\u202ecd', attributes: {} },
  ]
  const one = treeOf([{ name: 'ask', kind: 'generation' }])
  const client = fakeClient({
    'traces.tree': () => one,
    'spans.read': () => ({ id: 'a', kind: 'generation', name: 'ask', status: 'ok', attributes: {}, links }),
  })
  await openWindow(client, `/trace/${one.trace.traceId}?span=1000`)
  fireEvent.click(await screen.findByRole('tab', { name: 'Facts' }, { timeout: 10_000 }))
  const again = await screen.findByRole('link', { name: 'span ab of trace t/1' })
  expect(again.getAttribute('href')).toBe('#/trace/t%2F1?spanId=ab')
  expect(again.closest('p')?.textContent).toMatch(/^Sent again from /)
  expect(screen.getByRole('link', { name: /of trace t2/ }).textContent).not.toContain('\u202e')
})
