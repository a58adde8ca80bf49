// Several requests of one run: how many at a time, and where a ceiling stops them.

import { expect, test } from 'vitest'
import { runBatch, type BatchHost, type Plan } from '../../renderer/views/replay/model/batch.ts'

const plan: Plan = { models: ['a', 'b'], repetitions: 3, atOnce: 2 }

function host(more: Partial<BatchHost> = {}) {
  const sent: string[] = []
  let now = 0
  let most = 0
  const made: BatchHost = {
    boundOf: () => Promise.resolve(10),
    send: async model => {
      sent.push(model)
      most = Math.max(most, ++now)
      await new Promise(resolve => setTimeout(resolve, 1))
      now--
      return 4
    },
    signal: new AbortController().signal,
    ...more,
  }
  return { made, sent, most: () => most }
}

test('each model once before any again, and no more at a time than was said', async () => {
  const { made, sent, most } = host()
  expect(await runBatch(plan, made)).toEqual({ sent: 6, left: 0, why: 'done' })
  expect(sent).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  expect(most()).toBe(2)
})

test('what could cross the ceiling is not sent, however cheap the ones before were', async () => {
  const { made, sent } = host()
  // 4, 4 and 4 were spent; a fourth could cost 10.
  expect(await runBatch({ ...plan, ceiling: 21 }, made)).toEqual({ sent: 3, left: 3, why: 'ceiling' })
  expect(sent).toHaveLength(3)
  const unknown = host({ send: () => Promise.resolve(undefined) })
  expect(await runBatch({ ...plan, ceiling: 21 }, unknown.made)).toEqual({ sent: 2, left: 4, why: 'ceiling' })
})

test('with a ceiling nothing is sent whose cost nobody knows', async () => {
  const { made } = host({ boundOf: model => Promise.resolve(model === 'b' ? undefined : 1) })
  expect(await runBatch({ ...plan, ceiling: 100 }, made)).toEqual({ sent: 1, left: 5, why: 'unbounded' })
  expect((await runBatch(plan, made)).sent).toBe(6)
})

test('who cancels stops what was not sent yet', async () => {
  const abort = new AbortController()
  const { made, sent } = host({ signal: abort.signal })
  const ended = runBatch({ ...plan, atOnce: 1 }, made)
  abort.abort()
  expect((await ended).why).toBe('cancelled')
  expect(sent).toHaveLength(1)
})
