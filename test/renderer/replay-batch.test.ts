// Several requests of one run: which are sent, how many at a time, and where a ceiling stops them.

import { expect, test } from 'vitest'
import { runBatch, type BatchHost, type Plan } from '../../renderer/views/replay/model/batch.ts'
import { editValue, startDraft } from '../../renderer/views/replay/model/draft.ts'
import { pathOfParameter, readValues, variantsOf } from '../../renderer/views/replay/model/variants.ts'
import {
  duplicate,
  changeCurrent,
  drop,
  pick,
  requestName,
  startRequests,
} from '../../renderer/views/replay/model/requests.ts'

const body = '{"model": "a", "messages": [], "max_tokens": 9}'
const one = startRequests(body)
const variants = variantsOf(one, 'openai-chat', { requests: [0], models: ['a', 'b'] })
const plan: Plan = { variants, repetitions: 3, atOnce: 2 }

function host(more: Partial<BatchHost> = {}) {
  const sent: string[] = []
  let now = 0
  let most = 0
  const made: BatchHost = {
    send: async ({ model = '' }) => {
      sent.push(model)
      most = Math.max(most, ++now)
      await new Promise(resolve => setTimeout(resolve, 1))
      now--
      return undefined
    },
    signal: new AbortController().signal,
    ...more,
  }
  return { made, sent, most: () => most }
}

test('each variant once before any again, and no more at a time than was said', async () => {
  const { made, sent, most } = host()
  expect(await runBatch(plan, made)).toEqual({ sent: 6, left: 0, why: 'done' })
  expect(sent).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  expect(most()).toBe(2)
})

test('what the ceiling refuses is left, with all behind it; those on their way are waited for', async () => {
  const { made, sent } = host()
  // The host itself waits for what is on its way before it refuses.
  const send: BatchHost['send'] = async variant => (sent.length === 3 ? 'ceiling' : made.send(variant))
  expect(await runBatch(plan, { ...made, send })).toEqual({ sent: 3, left: 3, why: 'ceiling' })
})

test('where nobody knows what the next may cost, nothing more is sent', async () => {
  const { made, sent } = host()
  const send: BatchHost['send'] = async variant => (variant.model === 'b' ? 'unbounded' : made.send(variant))
  expect(await runBatch(plan, { ...made, send })).toEqual({ sent: 1, left: 5, why: 'unbounded' })
  expect(sent).toEqual(['a'])
})

test('who cancels stops what was not sent yet', async () => {
  const abort = new AbortController()
  const { made, sent } = host({ signal: abort.signal })
  const ended = runBatch({ ...plan, atOnce: 1 }, made)
  abort.abort()
  expect((await ended).why).toBe('cancelled')
  expect(sent).toHaveLength(1)
})

test('requests, models and values are combined; what each is called tells it from the others', () => {
  const two = changeCurrent(duplicate(one), old => editValue(old, ['seed'], '7'))
  expect([requestName(two, 0), requestName(two, 1), two.at]).toEqual(['Request 1', 'Request 2', 1])
  const choices = {
    requests: [0, 1],
    models: ['a', 'c'],
    parameter: { path: ['temperature'], values: readValues('0, 0.50') },
  }
  const made = variantsOf(two, 'openai-chat', choices)
  expect(made.map(({ name, model, edited }) => [name, model, edited])).toEqual([
    ['Request 1, temperature 0', 'a', false],
    ['Request 1, temperature 0.50', 'a', false],
    ['Request 1, temperature 0', 'c', false],
    ['Request 1, temperature 0.50', 'c', false],
    ['Request 2, temperature 0', 'a', true],
    ['Request 2, temperature 0.50', 'a', true],
    ['Request 2, temperature 0', 'c', true],
    ['Request 2, temperature 0.50', 'c', true],
  ])
  expect(made[7]!.changes).toEqual({
    model: 'c',
    edits: [
      { path: ['seed'], value: '7' },
      { path: ['temperature'], value: '0.50' },
    ],
  })
  expect(readValues('low, "high", true')).toEqual(['"low"', '"high"', 'true'])
  expect(pathOfParameter('temperature', '{}', 'gemini')).toEqual(['generationConfig', 'temperature'])
  // Gone is the one that was taken away, and the last one stays.
  expect(requestName(drop(pick(two, 0), 0), 0)).toBe('Request 1')
  expect(drop(pick(two, 0), 0).all[0]!.now.text).toContain('"seed": 7')
  expect(drop(one, 0)).toBe(one)
  expect(startDraft(body).now.text).toBe(body)
})
