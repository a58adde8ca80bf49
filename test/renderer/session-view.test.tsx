import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Output } from '../../shared/contract/index.ts'
import type { Turn } from '../../shared/contract/traces.ts'
import type { Message } from '../../shared/domain/message.ts'
import { fakeClient, listAnswer, traceRow } from './fake-client.ts'
import { openWindow } from './render.tsx'

afterEach(cleanup)

const text = (role: string, said: string): Message => ({ role, parts: [{ type: 'text', text: said }] })

const turns: readonly Omit<Turn, 'id'>[] = [
  {
    previous: null,
    same: 0,
    gone: 0,
    input: [text('system', 'Be brief.'), text('user', 'where is **my parcel**')],
    output: [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'track', arguments: { id: 7 } }] }],
  },
  {
    previous: 0,
    same: 2,
    gone: 0,
    input: [{ role: 'tool', parts: [{ type: 'tool_result', id: 'c1', result: 'on its way' }] }],
    output: [text('assistant', 'It is on its way.')],
  },
  { previous: 1, same: 4, gone: 3, input: [text('user', 'thanks <b>!</b>')], output: [text('assistant', 'Welcome.')] },
]

function sums(calls: number): Output<'lists.totals'> {
  return {
    total: 2,
    exact: true,
    outside: 0,
    sums: { traces: calls > 0 ? 2 : 0, spans: 9, calls, errors: 1, uncosted: 0 },
  }
}

async function openSession(calls = turns.length) {
  const client = fakeClient({
    'lists.totals': () => sums(calls),
    'lists.rows': input => {
      const rows = [0, 1, 2].map(n => traceRow(n, { id: n, traceId: n < 2 ? 'trace-a' : 'trace-b', name: `call ${n}` }))
      return listAnswer(input, 3, rows.slice(input.offset, input.offset + input.limit))
    },
    'spans.news': ({ ids }) => ({ turns: ids.map(id => ({ id, ...turns[id]! })) }),
  })
  await openWindow(client, `/session/${encodeURIComponent('chat "1"')}`)
  return client
}

const turnNamed = (n: number) => screen.findByRole('article', { name: `Turn ${n}` })

test('a conversation over several traces: what each call added, a result under its call, each turn linked', async () => {
  const client = await openSession()
  const first = await turnNamed(1)
  expect(first.textContent).toContain('where is my parcel')
  expect(first.querySelector('strong')?.textContent).toBe('my parcel')
  // The result that the next call sent stands with the call it answers.
  expect(first.textContent).toContain('on its way')
  const second = await turnNamed(2)
  expect(within(second).getAllByRole('article')).toHaveLength(1)
  expect(second.textContent).toContain('2 messages again')
  expect((await turnNamed(3)).textContent).toContain('3 messages not sent again')
  expect(screen.getByText('thanks <b>!</b>')).toBeTruthy()
  expect(screen.getAllByRole('link', { name: /^Trace / }).map(link => link.getAttribute('href'))).toEqual([
    '#/trace/trace-a',
    '#/trace/trace-b',
  ])
  expect(within(second).getByRole('link', { name: 'call 1' }).getAttribute('href')).toBe('#/trace/trace-a?span=1')
  const asked = client.asked.find(({ name }) => name === 'lists.totals')?.input as { where: { query: string } }
  expect(asked.where.query).toBe('session:"chat \\"1\\""')
})

test('j and k go from turn to turn, Enter into the call', async () => {
  await openSession()
  await turnNamed(3)
  const pane = screen.getByRole('region', { name: 'Conversation' })
  await waitFor(() => expect(document.activeElement).toBe(pane))
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key })
  press('j')
  press('j')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Turn 2')
  expect(within(document.activeElement as HTMLElement).getByText('Turn 2')).toBeTruthy()
  press('k')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Turn 1')
  press('j')
  press('Enter')
  await waitFor(() => expect(location.hash).toBe('#/trace/trace-a?span=1'))
})

test('a turn that is not on the page yet is gone to when it is, and steps meanwhile are counted', async () => {
  await openSession()
  await turnNamed(3)
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Conversation' })))
  press('j')
  const far = [await turnNamed(2), await turnNamed(3)]
  for (const turn of far) turn.removeAttribute('data-turn')
  press('j')
  press('j')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Turn 1')
  for (const [i, turn] of far.entries()) turn.setAttribute('data-turn', String(i + 1))
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Turn 3'))
})

test('a session that is not there says so', async () => {
  await openSession(0)
  expect(await screen.findByText('This session is not in the store')).toBeTruthy()
})
