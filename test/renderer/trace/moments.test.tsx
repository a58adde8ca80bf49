// Events of spans on their bars.

import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { momentsBySpan, ticksOfMoments } from '../../../renderer/views/trace/model/moments.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { treeOf } from './forest.ts'

freshWindows()

const answer = {
  span: Float64Array.of(1001, 1001, 1001),
  at: Float64Array.of(100_000, 100_100, 200_000),
  failed: Uint8Array.of(0, 0, 1),
  name: Uint32Array.of(0, 0, 1),
  strings: ['cache\u202emiss', 'exception'],
}

test('events within one pixel are one tick, exceptions are ticks of their own, what is not shown is left out', () => {
  const moments = momentsBySpan(answer).get(1001)!
  const whole = ticksOfMoments(moments, 0, { from: 0, to: 1_000_000 }, 200)
  expect(whole.map(({ left, failed, count }) => [left, failed, count])).toEqual([
    [0.1, false, 2],
    [0.2, true, 1],
  ])
  expect(ticksOfMoments(moments, 0, { from: 150_000, to: 250_000 }, 200).map(tick => tick.first.name)).toEqual([
    'exception',
  ])
  expect(ticksOfMoments(moments, 0, { from: 99_000, to: 101_000 }, 200)).toHaveLength(2)
})

test('rows on screen ask for their events once, and draw them', async () => {
  const tree = treeOf([
    {
      name: 'agent',
      kind: 'agent',
      offset: 0,
      duration: 1_000_000,
      children: [{ name: 'tool', kind: 'tool', offset: 0, duration: 500_000 }],
    },
  ])
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': ({ id }) => ({ id: `${id}`, kind: 'other', name: '', status: 'unset', attributes: {} }),
    'spans.moments': () => answer,
  })
  await openWindow(client, `/trace/${tree.trace.traceId}`)
  await screen.findByRole('treegrid', {}, { timeout: 10_000 })
  await waitFor(() => expect(screen.getByTitle('exception +200 ms')).toBeTruthy())
  expect(screen.getByTitle(/^cache.*miss \+100 ms/).title).not.toContain('\u202e')
  const questions = client.asked.filter(({ name }) => name === 'spans.moments')
  expect(questions.map(({ input }) => input)).toEqual([{ ids: [1000, 1001] }])
})
