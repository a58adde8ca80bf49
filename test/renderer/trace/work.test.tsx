// What a reader does with the tree beyond walking it: find, show only matches, fold attempts, measure, choose columns.

import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Question } from '../../../shared/contract/search.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { type DrawnSpan, treeOf } from './forest.ts'

freshWindows()

const ms = 1000
const failed = { status: 'error' } as const
const drawn: DrawnSpan = {
  name: 'answer',
  kind: 'agent',
  offset: 0,
  duration: 1000 * ms,
  children: [
    {
      name: 'ask',
      kind: 'generation',
      model: 'gpt-4o',
      ...failed,
      offset: 0,
      duration: 100 * ms,
      counted: 1,
      cost: 1e6,
    },
    {
      name: 'ask',
      kind: 'generation',
      model: 'haiku',
      offset: 200 * ms,
      duration: 300 * ms,
      counted: 1,
      firstToken: 90 * ms,
    },
    {
      name: 'work',
      kind: 'chain',
      offset: 500 * ms,
      duration: 400 * ms,
      children: [
        { name: 'search', kind: 'tool', offset: 500 * ms, duration: 100 * ms },
        { name: 'refund', kind: 'tool', ...failed, offset: 600 * ms, duration: 200 * ms },
      ],
    },
  ],
}

async function openTrace(
  matching: (query: string) => readonly number[] = () => [],
  address = '',
  root: DrawnSpan = drawn,
) {
  const tree = treeOf([root])
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
    'lists.ids': ({ where }) => {
      const { query } = where as Question
      const rows = matching(/\((.*)\)$/.exec(query)?.[1] ?? '')
      return { id: Float64Array.from(rows, row => row + 1000), trace: Float64Array.from(rows, () => 1) }
    },
  })
  await openWindow(client, `/trace/${tree.trace.traceId}${address}`)
  await screen.findByRole('treegrid', {}, { timeout: 10_000 })
  return client
}

const grid = () => screen.getByRole('treegrid', { name: 'Spans' })
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')!
const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more })
const box = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Find in this trace' })
const rows = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map(row =>
      row
        .getAttribute('aria-label')
        ?.replace(/,.*?(?=, failed|, attempt|, fallback|, matches|$)/, match => match.split(',').slice(0, 2).join(',')),
    )
const said = () => screen.getAllByRole('status').map(one => one.textContent)

test('Mod+F finds in the trace: counted, announced, stepped through, and forgotten with Escape', async () => {
  const client = await openTrace(query => (query === 'refund' ? [4, 5] : []))
  press('f', { ctrlKey: true })
  await waitFor(() => expect(document.activeElement).toBe(box()))
  fireEvent.change(box(), { target: { value: 'refund' } })
  fireEvent.keyDown(box(), { key: 'Enter' })
  await waitFor(() => expect(said()).toContain('2 of 6 spans match'))
  expect(location.hash).toContain('find=refund')
  fireEvent.keyDown(box(), { key: 'Enter' })
  expect(active().getAttribute('aria-label')).toMatch(/^tool, search.*, matches the query$/)
  expect(said()).toContain('1 of 2')
  fireEvent.keyDown(box(), { key: 'Escape' })
  expect(document.activeElement).toBe(grid())
  press('n')
  expect(active().getAttribute('aria-label')).toMatch(/^tool, refund/)
  press('N', { shiftKey: true })
  expect(said()).toContain('1 of 2')
  press('Escape')
  expect(screen.queryByRole('combobox', { name: 'Find in this trace' })).toBeNull()
  expect(location.hash).not.toContain('find=')
  expect(client.asked.filter(({ name }) => name === 'lists.ids')).toHaveLength(1)
})

test('a faulty expression says where it is faulty, and what was found before stays', async () => {
  await openTrace(query => (query === 'kind:tool' ? [4, 5] : []))
  press('f', { ctrlKey: true })
  await waitFor(() => expect(document.activeElement).toBe(box()))
  fireEvent.change(box(), { target: { value: 'kind:tool' } })
  fireEvent.keyDown(box(), { key: 'Enter' })
  await waitFor(() => expect(said()).toContain('2 of 6 spans match'))
  fireEvent.change(box(), { target: { value: '/re(/' } })
  fireEvent.keyDown(box(), { key: 'Enter' })
  expect(screen.getByRole('button', { name: /^At character/ })).toBeTruthy()
  expect(box().getAttribute('aria-invalid')).toBe('true')
  expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('2 of 6 spans')
})

test('only matches: what is hidden is counted where it was, and shown again by its placeholder', async () => {
  await openTrace(() => [5])
  press('f', { ctrlKey: true })
  await waitFor(() => expect(document.activeElement).toBe(box()))
  fireEvent.change(box(), { target: { value: 'refund' } })
  fireEvent.keyDown(box(), { key: 'Enter' })
  await waitFor(() => expect(said()).toContain('1 of 6 spans match'))
  fireEvent.keyDown(box(), { key: 'Escape' })
  press('o')
  expect(grid().getAttribute('aria-rowcount')).toBe('5')
  const hidden = screen.getByRole('row', { name: '2 spans do not match, 1 error, $0.0010' })
  expect(hidden.getAttribute('aria-level')).toBe('2')
  expect(hidden.getAttribute('aria-expanded')).toBeNull()
  expect(screen.getByRole('row', { name: '1 span does not match' }).getAttribute('aria-level')).toBe('3')
  press('Home')
  press('ArrowDown')
  expect(active()).toBe(hidden)
  press('Enter')
  expect(grid().getAttribute('aria-rowcount')).toBe('6')
  expect(active().getAttribute('aria-label')).toMatch(/^generation, ask, failed/)
  press('o')
  press('o')
  fireEvent.click(screen.getByRole('row', { name: /^2 spans do not match/ }))
  expect(grid().getAttribute('aria-rowcount')).toBe('6')
})

test('attempts at one thing are told as such, and fold on request only', async () => {
  await openTrace()
  expect(rows()).toHaveLength(6)
  expect(screen.getByRole('row', { name: /^generation, ask, failed, attempt 1 of 2/ })).toBeTruthy()
  expect(screen.getByRole('row', { name: /^generation, ask, fallback 2 of 2/ })).toBeTruthy()
  press('R', { shiftKey: true })
  expect(screen.getByRole('row', { name: '1 span of earlier attempts folded, 1 error, $0.0010' })).toBeTruthy()
  expect(screen.getByRole('button', { name: /^Earlier attempts folded/ }).getAttribute('aria-pressed')).toBe('true')
  press('R', { shiftKey: true })
  expect(grid().getAttribute('aria-rowcount')).toBe('6')
})

test('a folded row says what is folded', async () => {
  await openTrace()
  press('End')
  press('p')
  press('ArrowLeft')
  const row = within(active()).getByRole('rowheader')
  expect(row.textContent).toContain('⋯ 2 spans folded, 1 error')
})

test('m measures from a span to where one goes; Enter shows that alone, Escape goes back step by step', async () => {
  await openTrace()
  press('End')
  press('m')
  press('[')
  const measured = await screen.findByRole('button', { name: /^300 ms/ })
  expect(measured.title).toMatch(/^From 500 ms to 800 ms/)
  press('Enter')
  const ranges = screen.getByRole('navigation', { name: 'Ranges' })
  expect(ranges.textContent).toBe('Whole trace›500 ms to 800 ms')
  const window = screen.getByRole('slider', { name: 'Shown part of the trace' })
  expect(window.getAttribute('aria-valuetext')).toBe('500 ms to 800 ms')
  fireEvent.keyDown(window, { key: '+' })
  expect(window.getAttribute('aria-valuetext')).toBe('550 ms to 750 ms')
  press('Escape')
  expect(window.getAttribute('aria-valuetext')).toBe('500 ms to 800 ms')
  press('Escape')
  expect(window.getAttribute('aria-valuetext')).toBe('the whole trace')
  press('m')
  press('Escape')
  expect(screen.queryByRole('button', { name: /shows only this/ })).toBeNull()
})

test('the window of the small trace follows the pointer, also when what is said beside it makes it narrower', async () => {
  await openTrace(() => [], '?range=200..400ms')
  const window = screen.getByRole('slider', { name: 'Shown part of the trace' })
  await waitFor(() => expect(window.getAttribute('aria-valuetext')).toBe('200 ms to 400 ms'))
  let width = 1000
  window.getBoundingClientRect = () => new DOMRect(0, 0, width, 24)
  window.setPointerCapture = () => {}
  fireEvent.pointerDown(window, { button: 0, clientX: 300 })
  width = 500
  fireEvent.pointerMove(window, { clientX: 400 })
  fireEvent.pointerUp(window, { clientX: 400 })
  expect(window.getAttribute('aria-valuetext')).toBe('300 ms to 500 ms')
})

test('a committed range stands in the address, and one in the address is shown', async () => {
  await openTrace(() => [], '?range=500..800ms')
  const window = () => screen.getByRole('slider', { name: 'Shown part of the trace' }).getAttribute('aria-valuetext')
  await waitFor(() => expect(window()).toBe('500 ms to 800 ms'))
  expect(location.hash).toContain('range=500..800ms')
  press('End')
  press('m')
  press('Enter')
  await waitFor(() => expect(location.hash).toContain('range=600..800ms'))
  press('Z', { shiftKey: true })
  await waitFor(() => expect(location.hash).not.toContain('range='))
  expect(window()).toBe('the whole trace')
})

test('a large trace is read in turns, and some forty of its rows exist', async () => {
  const children = Array.from({ length: 6000 }, (_, i): DrawnSpan => ({
    name: 'step',
    kind: 'tool',
    offset: i,
    duration: 1,
  }))
  await openTrace(() => [], '', { name: 'root', kind: 'agent', offset: 0, duration: 6000, children })
  expect(grid().getAttribute('aria-rowcount')).toBe('6001')
  expect(rows().length).toBeLessThan(60)
  press('End')
  expect(active().getAttribute('aria-posinset')).toBe('6000')
  expect(rows().length).toBeLessThan(60)
})

test('jumps say which of how many one came to', async () => {
  await openTrace()
  press('e')
  expect(said()).toContain('error 1 of 2')
  press('e')
  expect(said()).toContain('error 2 of 2')
  press('Home')
  press('ArrowDown')
  press('.')
  expect(said()).toContain('span 2 of 2')
})

test('the critical path is told in words and split by what was waited for; g hides it', async () => {
  await openTrace()
  const button = screen.getByRole('button', { name: /^Critical path/ })
  expect(button.textContent).toBe('Critical pathmodel 40% · tools 30% · own code 30%')
  const bar = () =>
    within(screen.getByRole('row', { name: /^tool, refund/ }))
      .getAllByRole('gridcell')
      .at(-1)!
  expect(bar().getAttribute('aria-label')).toBe(
    'starts at 600 ms, lasts 200 ms, 20% of trace, 200 ms on the critical path',
  )
  press('g')
  expect(bar().getAttribute('aria-label')).toBe('starts at 600 ms, lasts 200 ms, 20% of trace')
  expect(button.getAttribute('aria-pressed')).toBe('false')
})

test('columns are chosen and sized, with the keyboard too, and remembered', async () => {
  await openTrace()
  const heads = () =>
    within(grid())
      .getAllByRole('columnheader')
      .map(head => head.textContent)
  expect(heads().slice(0, -1)).toEqual(['Span', 'Model', 'Tokens', 'Cost', 'Time', 'Self'])
  fireEvent.click(screen.getByRole('button', { name: /^Columns/ }))
  const menu = await screen.findByRole('dialog', { name: 'Columns' })
  fireEvent.click(within(menu).getByRole('checkbox', { name: /^Time to first token/ }))
  expect(heads()).toContain('TTFT')
  const cell = () =>
    within(screen.getByRole('row', { name: /fallback/ }))
      .getAllByRole('gridcell')
      .map(one => one.textContent)
  expect(cell()).toContain('90 ms')
  fireEvent.click(within(menu).getByRole('button', { name: 'Time to first token: wider' }))
  expect(JSON.parse(localStorage.getItem('spanwise.trace.columns')!)).toContainEqual({ id: 'wait', width: 78 })
  fireEvent.click(within(menu).getByRole('button', { name: 'The usual columns' }))
  expect(heads()).not.toContain('TTFT')
})

test('from a failed call to the last good one, by its button or by key; where there is none that is said', async () => {
  const client = await openTrace()
  const call = { ...failed, kind: 'generation', name: 'ask', attributes: {} } as const
  client.answers['spans.read'] = ({ id }) => ({ ...call, id: `${id}` })
  const found = {
    exact: true,
    complete: true,
    bad: { id: 1001, traceId: 'bad', spanId: 'b' },
    good: null,
    among: { by: 'name', name: 'ask', calls: 1 },
    successes: [],
    scores: [],
    passed: { failed: 0, refused: 0, unsuccessful: 0, low: 0, unjudged: 0, undated: 0 },
    compared: 0,
    causes: [],
    same: [],
    unsaid: [],
  } as const
  client.answers['prompts.lastGood'] = () => structuredClone(found) as never
  press('ArrowDown')
  const button = await screen.findByRole('button', { name: 'What changed since the last good one?' })
  fireEvent.click(button)
  await screen.findByText('No call of the spans called ask (1 call) came before it.')
  client.answers['prompts.lastGood'] = () =>
    ({
      ...(structuredClone(found) as never as object),
      good: { id: 7, traceId: 'good', spanId: 'g', because: 'no error' },
    }) as never
  press('G', { shiftKey: true })
  await waitFor(() => expect(location.hash).toBe('#/compare?a=good&aSpan=g&b=bad&bSpan=b&since=good'))
  expect(client.asked.filter(one => one.name === 'prompts.lastGood')[0]!.input).toMatchObject({ span: 1001 })
})
