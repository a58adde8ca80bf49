// How answers agree: with each other, and with the logged one.

import { expect, test } from 'vitest'
import { answerKey } from '../../renderer/views/replay/model/answer-key.ts'
import { withEarlier } from '../../renderer/views/replay/model/attempts.ts'
import { scoreLine } from '../../renderer/views/replay/model/given-score.ts'
import { spreadOf } from '../../renderer/views/replay/model/spread.ts'
import { toolWords, valueChanges } from '../../renderer/views/replay/model/tool-changes.ts'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { Part } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'

const span = (parts: readonly Part[], more: Partial<Span> = {}): Span => ({
  id: 's',
  kind: 'generation',
  name: 'ask',
  status: 'ok',
  attributes: {},
  outputMessages: [{ role: 'assistant', parts }],
  ...more,
})
const says = (text: string): Part => ({ type: 'text', text })
const calls = (id: string, given: JsonValue): Part => ({ type: 'tool_call', id, name: 'look', arguments: given })

test('answers that say and call the same are one, whatever their ids, the order of keys and what was thought', () => {
  const read = (one: Span, ms: number, recordedCost?: string) => ({
    span: { ...one, durationNs: String(ms * 1e6), usage: { output: ms }, ...(recordedCost ? { recordedCost } : {}) },
    cost: undefined,
  })
  const spread = spreadOf([
    read(span([says('no'), calls('1', { a: 1, b: 2 })]), 10, '0.002'),
    undefined,
    read(span([says('yes')]), 40),
    read(span([{ type: 'reasoning', text: 'hm' }, says('no'), calls('2', { b: 2, a: 1 })]), 20, '0.004'),
    read(span([says('yes')]), 30),
  ])
  expect(spread).toMatchObject({ answered: 4, sent: 5 })
  expect(spread.distinct.map(({ count, first }) => [count, first])).toEqual([
    [2, 0],
    [2, 2],
  ])
  expect(spread.tokens).toEqual({ min: 10, median: 25, max: 40, known: 4 })
  expect(spread.latency).toEqual({ min: 10_000, median: 25_000, max: 40_000, known: 4 })
  // Two say nothing of it: their cost is unknown, not zero.
  expect(spread.cost).toEqual({ min: 2e6, median: 3e6, max: 4e6, known: 2 })
  expect(spread.tools.map(({ count }) => count)).toEqual([2, 2])
  expect(spreadOf([undefined]).distinct).toEqual([])
})

test('answers that are JSON, and arguments of the same tool, differ by their paths', () => {
  const was = span([says('```json\n{"ok": true, "ids": [1, 2]}\n```'), calls('1', { q: 'a', n: 1 })])
  const is = span([says('{"ids": [1, 3], "ok": true}'), calls('9', { n: 1, q: 'b' })])
  expect(valueChanges(was, is).map(({ part, changes }) => [part, changes.map(({ path }) => path)])).toEqual([
    ['answer', [['ids', 1]]],
    ['arguments of look', [['q']]],
  ])
  expect(toolWords(was, is)).toEqual(['≠ look, 1 change in its arguments'])
  expect(valueChanges(was, was)).toEqual([])
  expect(valueChanges(span([says('plain')]), is).map(({ part }) => part)).toEqual([])
  expect(answerKey(was)).not.toBe(answerKey(is))
})

test('a score is a number or a word, by the ids of the answer', () => {
  const at = { traceId: 't', spanId: 's' }
  const who = { trace_id: 't', span_id: 's', source: 'human' }
  const line = (value: string, comment = '') =>
    JSON.parse(scoreLine(at, { name: ' quality ', value, comment })) as unknown
  expect(line('0,5')).toEqual({ ...who, name: 'quality', value: 0.5 })
  expect(line('wrong tool', ' it looked twice ')).toEqual({
    ...who,
    name: 'quality',
    label: 'wrong tool',
    comment: 'it looked twice',
  })
})

test('answers of an earlier window stand under the request that they were to', () => {
  const stored = {
    traceId: 't',
    trace: 1,
    spanId: 's',
    run: 'r',
    outcome: 'ok',
    duration: 1,
    connection: 'work',
  } as const
  const rows = withEarlier(
    [],
    [
      { ...stored, span: 1, at: 1, model: 'm', variant: 'temperature 0' },
      { ...stored, span: 2, at: 2, model: 'm', variant: 'temperature 1' },
    ],
  )
  expect(rows.map(({ run, variant }) => [run, variant])).toEqual([
    ['r', 'temperature 1'],
    ['r', 'temperature 0'],
  ])
})
