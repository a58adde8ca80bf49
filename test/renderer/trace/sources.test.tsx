// Which documents an answer had before it.

import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { placeAmongCalls } from '../../../renderer/views/trace/model/calls-before.ts'
import { sourcesBefore } from '../../../renderer/views/trace/model/sources.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { type DrawnSpan, treeOf } from './forest.ts'

freshWindows()

const call = (name: string, offset: number, children: readonly DrawnSpan[] = []): DrawnSpan => ({
  name,
  kind: 'generation',
  counted: 1,
  offset,
  duration: 10,
  children,
})
const look = (name: string, offset: number): DrawnSpan => ({ name, kind: 'retrieval', offset, duration: 5 })
const tree = treeOf([
  {
    name: 'agent',
    kind: 'agent',
    offset: 0,
    duration: 100,
    children: [
      call('ask', 0),
      look('first', 10),
      look('too late', 70),
      call('answer', 50, [look('inside', 55)]),
      { name: 'tidy', kind: 'chain', offset: 80, duration: 5, children: [look('nobody asks', 80)] },
    ],
  },
])
const rowOf = (name: string) => [...tree.name].findIndex(at => tree.strings[at] === name)
const found = (name: string) =>
  sourcesBefore(tree, rowOf(name))?.retrievals.map(id => tree.strings[tree.name[id - 1000]!])

test('a call has what was looked up before it began, or inside it; a step what ran before its last call', () => {
  expect(found('ask')).toBeUndefined()
  expect(found('answer')).toEqual(['inside', 'first'])
  expect(found('agent')).toEqual(['first'])
  expect(sourcesBefore(tree, rowOf('agent'))?.call).toBe(rowOf('answer') + 1000)
  expect(found('tidy')).toBeUndefined()
  expect(found('first')).toBeUndefined()
})

test('a call knows which of the calls of its trace it is', () => {
  expect(placeAmongCalls(tree, rowOf('ask'))).toEqual({ number: 1, of: 2 })
  expect(placeAmongCalls(tree, rowOf('answer'))).toEqual({ number: 2, of: 2 })
  expect(placeAmongCalls(tree, rowOf('agent'))).toBeUndefined()
})

test('of very many retrievals the nearest are taken and the others counted', () => {
  const many = treeOf([
    {
      name: 'agent',
      kind: 'agent',
      children: [...Array.from({ length: 20 }, (_, i) => look(`${i}`, i)), call('answer', 50)],
    },
  ])
  const before = sourcesBefore(many, 21)!
  expect(before.retrievals).toHaveLength(16)
  expect(before.retrievals[0]).toBe(1020)
  expect(before.left).toBe(4)
})

test('an answer lists its documents with rank, score and source, and leads to the retrieval', async () => {
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
    'spans.sources': ({ id, retrievals }) => {
      expect([id, ...retrievals]).toEqual(['answer', 'inside', 'first'].map(name => rowOf(name) + 1000))
      const documents = [
        {
          rank: 1,
          title: 'Refund limits',
          id: 'RET-5',
          origin: 'help-centre',
          score: 0.8851239,
          excerpt: 'Up to 150.',
          sent: 'whole' as const,
          named: true,
        },
        { rank: 2, id: '\u202eevil', sent: 'no' as const, named: false },
      ]
      return { found: [{ id: rowOf('first') + 1000, name: 'first', query: 'limits', documents, more: 3 }] }
    },
  })
  await openWindow(client, `/trace/${tree.trace.traceId}?span=${rowOf('answer') + 1000}`)
  fireEvent.click(await screen.findByRole('tab', { name: 'Sources' }, { timeout: 10_000 }))
  const panel = await screen.findByRole('tabpanel')
  expect(screen.getByText('call 2 of 2')).toBeTruthy()
  await within(panel).findByText(
    '2 documents were found before this answer, 1 sent to the model, 1 named in the answer.',
  )
  const [first, second] = within(panel).getAllByRole('listitem')
  expect(first!.textContent).toContain('1. Refund limits score 0.88512 · id RET-5 · source help-centre')
  expect(first!.textContent).toContain('✓ named in the answer')
  expect(second!.textContent).toContain('not in what was sent to the model')
  expect(second!.textContent).not.toContain('\u202e')
  expect(within(panel).getByText('3 more: open the retrieval.')).toBeTruthy()
  fireEvent.click(within(panel).getByRole('button', { name: 'first' }))
  expect(document.location.hash).toContain(`span=${rowOf('first') + 1000}`)
})
