// Two calls beside each other: how one gets there by keys, what stands there, and what is taken along.

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Span } from '../../shared/domain/span.ts'
import { markedSpan } from '../../renderer/state/compare-desk.ts'
import { fakeClient, listAnswer, traceRow } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

// Monaco needs a layout: what it is given is shown instead.
vi.mock('../../renderer/components/diff/DiffEditor.tsx', () => ({
  default: ({ before, after, label }: { before: { text: string }; after: { text: string }; label: string }) => (
    <div role="group" aria-label={`${label} in the editor`}>
      <pre>{before.text}</pre>
      <pre>{after.text}</pre>
    </div>
  ),
}))

freshWindows()
beforeEach(() => markedSpan.set(undefined))

const base = { kind: 'generation', name: 'plan', status: 'ok', attributes: {} } as const
const say = (role: string, text: string) => ({ role, parts: [{ type: 'text' as const, text }] })
const spans: readonly Span[] = [
  {
    ...base,
    id: 'aa',
    requestModel: 'gpt-4o',
    durationNs: '1000000000',
    parameters: { temperature: 0.2 },
    usage: { input: 100, output: 50 },
    toolsOffered: [{ name: 'search', parameters: { type: 'object', properties: { q: { type: 'string' } } } }],
    inputMessages: [say('system', 'Refund up to 50.'), say('user', 'where is it')],
    outputMessages: [say('assistant', 'I will search.')],
    recordedCost: '0.002',
  },
  {
    ...base,
    id: 'bb/ ü',
    requestModel: 'gpt-4o',
    durationNs: '500000000',
    parameters: { temperature: 0.7 },
    usage: { input: 100, output: 60 },
    toolsOffered: [{ name: 'search', parameters: { type: 'object', properties: { q: { type: 'array' } } } }],
    inputMessages: [say('system', 'Refund up to 100.'), say('user', 'where is it')],
    outputMessages: [say('assistant', 'I will search.')],
    recordedCost: '0.003',
    scores: [{ name: 'helpfulness', value: 0.9 }],
  },
]

function store() {
  return fakeClient({
    'lists.rows': input =>
      listAnswer(
        input,
        2,
        [0, 1].map(n => traceRow(n, { id: n, traceId: `trace ${n}`, name: `call ${n}` })),
      ),
    'traces.find': ({ traceId }) => ({ id: traceId === 'trace 0' ? 10 : traceId === 'trace 1' ? 11 : null }),
    'spans.find': ({ spanId, ...within }) => {
      const at = 'traceId' in within ? ['trace 0', 'trace 1'].indexOf(within.traceId) : within.trace - 10
      return { id: spans[at]?.id === spanId ? at : null }
    },
    'spans.read': ({ id }) => spans[id]!,
  })
}

const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const address = '/compare?a=trace+0&aSpan=aa&b=trace+1&bSpan=bb%2F+%C3%BC'
const figure = (name: string) => within(screen.getByRole('rowheader', { name }).closest('tr')!).getAllByRole('cell')

async function compared(more = '') {
  const client = store()
  await openWindow(client, address + more)
  await screen.findByRole('table', { name: 'Figures of A and B' })
  return client
}

test('c on one call and on another leads to both, by the ids of their files; Back leads back', async () => {
  await openWindow(store(), '/calls')
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('grid'))
  press('c')
  await screen.findByRole('button', { name: 'to compare: call 0' })
  press('j')
  press('c')
  await screen.findByRole('table', { name: 'Figures of A and B' })
  expect(location.hash).toBe(`#${address}`)
  expect(screen.queryByRole('button', { name: /^to compare/ })).toBeNull()
  act(() => history.back())
  await screen.findByRole('grid')
})

test('c twice on the same call marks it no more; two selected ones are compared at once', async () => {
  await openWindow(store(), '/calls')
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('grid'))
  press('c')
  await screen.findByRole('button', { name: 'to compare: call 0' })
  press('c')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'to compare: call 0' })).toBeNull())
  press('x')
  press('ArrowDown')
  press('x')
  press('c')
  await screen.findByRole('table', { name: 'Figures of A and B' })
  expect(location.hash).toBe(`#${address}`)
})

test('figures with their change, judged where everybody agrees; what both were made with; texts whole', async () => {
  await compared()
  expect(figure('Duration').map(cell => cell.textContent)).toEqual(['1.00 s', '500 ms', '−50%, better'])
  expect(figure('Cost').map(cell => cell.textContent)).toEqual(['$0.0020', '$0.0030', '+50%, worse'])
  expect(figure('Tokens out').map(cell => cell.textContent)).toEqual(['50', '60', '+20%'])
  expect(figure('Tokens in').map(cell => cell.textContent)).toEqual(['100', '100', '='])
  expect(figure('Score helpfulness').map(cell => cell.textContent)).toEqual(['—', '0.9', 'differs'])
  const tools = screen.getByRole('region', { name: 'What differs in tools' })
  expect(within(tools).getByRole('listitem').textContent).toBe('~ changedsearch › q › typestring → array')
  expect(screen.getByRole('region', { name: 'What differs in parameters' }).textContent).toContain('0.2 → 0.7')
  expect(screen.queryByRole('region', { name: 'What differs in model' })).toBeNull()
  const sent = await screen.findByRole('group', { name: 'What was sent in the editor' })
  expect(sent.textContent).toContain('── system ──\nRefund up to 50.')
  fireEvent.click(screen.getByRole('button', { name: 'What came back =' }))
  await screen.findByRole('group', { name: 'What came back in the editor' })
  expect(screen.getByText('The same, to the letter')).toBeTruthy()
})

test('by keys: only what differs, swapped, the other text; all of it stands in the address', async () => {
  await compared()
  screen.getByRole('region', { name: 'Figures and configuration' }).focus()
  press('o')
  await waitFor(() => expect(screen.queryByRole('rowheader', { name: 'Tokens in' })).toBeNull())
  expect(screen.getByText(/more are the same/)).toBeTruthy()
  press('x')
  await waitFor(() => expect(figure('Duration')[0]!.textContent).toBe('500 ms'))
  press('t')
  await screen.findByRole('group', { name: 'What came back in the editor' })
  const query = new URLSearchParams(location.hash.split('?')[1])
  expect(Object.fromEntries(query)).toEqual({
    a: 'trace 1',
    aSpan: 'bb/ ü',
    b: 'trace 0',
    bSpan: 'aa',
    only: 'differences',
    text: 'output',
  })
})

test('copied as a patch and as Markdown', async () => {
  await compared()
  const written = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText: written } }))
  Object.assign(document, { execCommand: () => false })
  fireEvent.click(screen.getByRole('button', { name: 'Copy patch' }))
  await waitFor(() =>
    expect(written).toHaveBeenCalledWith(expect.stringContaining('-Refund up to 50.\n+Refund up to 100.')),
  )
  fireEvent.click(screen.getByRole('button', { name: 'Copy Markdown' }))
  await waitFor(() => expect(written).toHaveBeenCalledTimes(2))
  const words = written.mock.calls[1]![0]
  expect(words).toContain('## plan: A → B')
  expect(words).toContain('- changed `search › q › type`: `string` → `array`')
  expect(words).toContain('- Cost: $0.0020 → $0.0030 (+50%)')
})

test('what is not in the store is named; nothing chosen says how to choose', async () => {
  await openWindow(store(), '/compare?a=trace+0&aSpan=aa&b=gone&bSpan=x')
  await screen.findByRole('heading', { name: 'B is not in the store' })
  expect(screen.getByText('gone')).toBeTruthy()
  act(() => {
    location.hash = '/compare'
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  await screen.findByRole('heading', { name: 'Nothing is marked to be compared' })
})

test('a bad call and the last good one: what changed stands on top, the likeliest first, and how the good one was found', async () => {
  const client = store()
  client.answers['prompts.lastGood'] = () => ({
    exact: true,
    complete: true,
    bad: { id: 1, traceId: 'trace 1', spanId: 'bb/ ü' },
    good: { id: 0, traceId: 'trace 0', spanId: 'aa', because: 'no error' },
    among: { by: 'prompt', name: 'refunds', calls: 9 },
    successes: [],
    scores: [],
    passed: { failed: 2, refused: 0, unsuccessful: 0, low: 0, unjudged: 0, undated: 0 },
    compared: 5,
    causes: [
      { part: 'parameters', words: 'temperature 0.2 → 0.7', asGood: 5, asBad: 0 },
      { part: 'input', words: 'another question', asGood: 1, asBad: 0 },
    ],
    same: ['model'],
    unsaid: [],
  })
  await openWindow(client, `${address}&since=good`)
  const changed = await screen.findByRole('region', { name: 'What changed since the last good call' })
  expect(changed.textContent).toContain('The last good call of the prompt refunds (9 calls) before it')
  expect(changed.textContent).toContain('Passed over: 2 failed.')
  expect(
    within(changed)
      .getAllByRole('listitem')
      .map(item => item.textContent),
  ).toEqual([
    'parameters temperature 0.2 → 0.7 all 5 good calls agreed; none had what this one has',
    'input another question differs from call to call; none had what this one has',
  ])
})
