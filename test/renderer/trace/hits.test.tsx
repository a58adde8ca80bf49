import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { Question } from '../../../shared/contract/search.ts'
import type { Message } from '../../../shared/domain/message.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { markedHits } from '../../../renderer/components/hits/mark-hits.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { treeOf } from './forest.ts'

freshWindows()
beforeEach(() => {
  // jsdom lays nothing out and paints nothing: what is marked stands in the store of marks.
  Range.prototype.getBoundingClientRect = () => ({ top: 0, bottom: 0 }) as DOMRect
})

const said = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] })
const talk: readonly Message[] = [
  said('system', `${'Be kind.\n'.repeat(40)}Never promise a refund.`),
  ...Array.from({ length: 30 }, (_, i) =>
    said('user', i === 4 ? 'Where is my REFUND?' : i === 29 ? 'A refund!' : `Line ${i}`),
  ),
]

const tree = treeOf([
  {
    name: 'answer',
    kind: 'agent',
    children: [
      { name: 'plan', kind: 'generation' },
      { name: 'decide', kind: 'generation' },
    ],
  },
])

function spanOf(row: number): Span {
  const name = tree.strings[tree.name[row]!] ?? ''
  if (row === 0) return { id: '0', kind: 'agent', name, status: 'unset', attributes: {} }
  const outputMessages = [said('assistant', 'Sure.'), said('assistant', `<b>refund</b> number ${row}`)]
  return {
    id: `${row}`,
    kind: 'generation',
    name,
    status: 'unset',
    attributes: {},
    inputMessages: talk,
    outputMessages,
  }
}

async function open(query: string, matching: readonly number[] = [1, 2], read = spanOf) {
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => read(id - 1000),
    'lists.ids': () => ({
      id: Float64Array.from(matching, row => row + 1000),
      trace: Float64Array.from(matching, () => 1),
    }),
  })
  await openWindow(client, `/trace/${tree.trace.traceId}?q=${encodeURIComponent(query)}`)
  await screen.findByRole('treegrid', {}, { timeout: 10_000 })
  return client
}

const marked = () =>
  markedHits
    .get()
    .flat()
    .map(range => range.toString())
const strip = () => screen.getByRole('group', { name: 'Hits' })
const active = () =>
  document
    .getElementById(screen.getByRole('treegrid').getAttribute('aria-activedescendant') ?? '')
    ?.getAttribute('aria-label')

test('one comes to the first span that matches; n goes to the next', async () => {
  const client = await open('refund')
  await waitFor(() => expect(active()).toMatch(/^generation, plan, .*, matches the query$/))
  expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('1 of 2')
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Find in this trace' }).value).toBe('refund')
  const { where } = client.asked.find(one => one.name === 'lists.ids')!.input as { readonly where: Question }
  expect(where.query).toBe(`trace:${tree.trace.traceId} (refund)`)
  fireEvent.keyDown(screen.getByRole('treegrid'), { key: 'n' })
  expect(active()).toMatch(/^generation, decide/)
  fireEvent.keyDown(screen.getByRole('treegrid'), { key: 'N', shiftKey: true })
  expect(active()).toMatch(/^generation, plan/)
})

test('hits are marked in place, also where a text was folded or a message covered, and told by their part', async () => {
  await open('refund')
  await waitFor(() => expect(marked()).toEqual(['refund', 'REFUND', 'refund', 'refund']))
  expect(document.querySelector('[role=tabpanel] b, [role=tabpanel] mark')).toBeNull()
  const next = within(strip()).getByRole('button', { name: 'Next hit' })
  const places = [1, 2, 3, 4].map(() => {
    fireEvent.click(next)
    return strip().textContent
  })
  expect(places).toEqual([
    'hit 1 of 4 · in input message 1',
    'hit 2 of 4 · in input message 6',
    'hit 3 of 4 · in input message 31',
    'hit 4 of 4 · in output message 2',
  ])
  fireEvent.keyDown(screen.getByRole('tabpanel'), { key: 'n' })
  expect(strip().textContent).toBe('hit 1 of 4 · in input message 1')
})

test('the first hit is in view when a span is first shown; from then on the reader scrolls', async () => {
  const shown: (string | undefined)[] = []
  Element.prototype.scrollIntoView = function scrolled(this: Element) {
    if (this.closest('[role=tabpanel]')) shown.push(this.textContent.slice(-25))
  }
  const client = await open('refund')
  await waitFor(() => expect(shown).toEqual(['.\nNever promise a refund.']))
  await act(async () => {
    client.tell('store.changed', { import: 1 })
    // Another reading of one message: all its marks are made anew.
    fireEvent.click(within(screen.getByRole('tabpanel')).getAllByRole('button', { name: 'json' })[0]!)
    await new Promise(done => setTimeout(done, 50))
  })
  expect(shown).toHaveLength(1)
  fireEvent.keyDown(screen.getByRole('treegrid'), { key: 'n' })
  await waitFor(() => expect(shown).toHaveLength(2))
  // @ts-expect-error jsdom has none.
  delete Element.prototype.scrollIntoView
})

test('a clause about one part marks that part only; one without texts marks nothing', async () => {
  await open('output:refund')
  await waitFor(() => expect(marked()).toEqual(['refund']))
  cleanup()
  expect(marked()).toEqual([])
  await open('kind:generation -refund')
  await waitFor(() => expect(active()).toContain('plan'))
  expect(screen.queryByRole('group', { name: 'Hits' })).toBeNull()
})

test('the slash goes back to the query that led here, with the cursor in it', async () => {
  const client = await open('refund')
  client.answers['traces.list'] = () => ({ total: 0, rows: [] })
  await waitFor(() => expect(marked().length).toBe(4))
  fireEvent.keyDown(screen.getByRole('treegrid'), { key: '/' })
  const box = await screen.findByRole('combobox', { name: 'Query' })
  expect(box).toHaveProperty('value', 'refund')
  await waitFor(() => expect(document.activeElement).toBe(box))
})

test('Alt-click on a value leaves it out, from the query that led here', async () => {
  await open('refund')
  await waitFor(() => expect(marked().length).toBe(4))
  fireEvent.click(screen.getByRole('button', { name: 'plan' }), { altKey: true })
  expect(location.hash).toBe('#/traces?q=refund+-trace%3A%28name%3Aplan%29')
})

test('the query can be forgotten', async () => {
  await open('refund')
  await waitFor(() => expect(marked().length).toBe(4))
  fireEvent.click(screen.getByRole('button', { name: 'End the search' }))
  expect(screen.queryByRole('search')).toBeNull()
  expect(marked()).toEqual([])
  expect(location.hash).not.toContain('q=')
})

test('a hit past what is looked through of a text is not passed over in silence', async () => {
  const far = `${'word '.repeat(220_000)}refund`
  await open('refund', [1, 2], row => ({ ...spanOf(row), inputMessages: [], outputMessages: [said('assistant', far)] }))
  const strip = await screen.findByRole('group', { name: 'Hits' }, { timeout: 5000 })
  expect(strip.textContent).toMatch(/^No hits in this section · past a million characters/)
})
