import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { echoQuery } from '../../shared/query/echo.ts'
import { parsed, query } from './generate.ts'

test.each([
  ['', 'all spans'],
  [
    'kind:generation model:gpt-4o* cost:>0.05',
    'generations whose model starts with gpt-4o and whose cost is over $0.05',
  ],
  ['refund', 'spans that contain “refund”'],
  ['"rate limit" -is:replayed', 'spans that contain “rate limit” and that are not replayed'],
  [
    'kind:tool is:error tool:[search_web,issue_refund]',
    'tool spans that failed and whose tool is search_web or is issue_refund',
  ],
  ['ttft:>2s OR finish:length', 'spans whose first token is over 2s or whose finish is length'],
  ['kind:[tool,agent]', 'tool spans or agents'],
  [
    'started:2026-01-05..2026-01-06 -has:output',
    'spans that started between 2026-01-05 and 2026-01-06 and that have no value of output',
  ],
  ['NOT (is:cached OR is:replayed) kind:generation', 'generations that are not cached and that are not replayed'],
  ['kind:generation ancestor:(kind:agent name:refund_worker)', 'generations under agents whose name is refund_worker'],
  [
    'trace:(cost:>1 spans:>50) is:error',
    'spans that failed, in traces whose whole cost is over $1 and whose whole spans are over 50',
  ],
  ['kind:tool is:error ancestor:(kind:agent)', 'tool spans that failed, under agents'],
  ['ancestor:(kind:agent) -parent:(kind:tool)', 'spans under agents, not right under tool spans'],
  ['is:error OR ancestor:(kind:agent)', 'spans that failed or that are under agents'],
  ['is:error -has:model', 'spans that failed and that have no value of model'],
  ['-has:[model,cost]', 'spans that have no value of model and no value of cost'],
  ['tag:urgent', 'spans whose tag is urgent'],
  ['tag:[a,b]', 'spans whose tag is a or is b'],
  ['started:>now-1h', 'spans that started after now-1h'],
  ['-started:today', 'spans that did not start today'],
  ['started:2026-01-05T14:02', 'spans that started in 2026-01-05T14:02'],
  ['tokens.input:>8k', 'spans whose tokens in are over 8k'],
  ['-model:"my model"', 'spans whose model is not my model'],
  ['input:"ignore previous instructions"', 'spans whose input contains “ignore previous instructions”'],
  ['a (b OR c)', 'spans that contain “a” and (that contain “b” or that contain “c”)'],
])('%s: %s', (text, words) => {
  expect(echoQuery(parsed(text), 'spans')).toBe(words)
})

test('of calls and sessions', () => {
  expect(echoQuery(parsed('is:error'), 'calls')).toBe('calls that failed')
  expect(echoQuery(parsed('kind:generation is:error'), 'calls')).toBe('calls among generations that failed')
  expect(echoQuery(parsed('kind:tool'), 'sessions')).toBe('sessions with tool spans')
})

test('of traces', () => {
  expect(echoQuery(parsed('kind:tool is:error'), 'traces')).toBe('traces with tool spans that failed')
  expect(echoQuery(parsed(''), 'traces')).toBe('all traces')
  expect(echoQuery(parsed('-trace:(kind:tool)'), 'traces')).toBe('traces without tool spans')
  expect(echoQuery(parsed('is:error -trace:(model:a) -trace:(has:tool)'), 'traces')).toBe(
    'traces with spans that failed, without spans whose model is a, without spans that have a value of tool',
  )
  expect(echoQuery(parsed('-trace:(cost:>1)'), 'traces')).toBe(
    'traces with spans not in traces whose whole cost is over $1',
  )
})

test('any query has words', () => {
  fc.assert(
    fc.property(query, one => {
      expect(echoQuery(one, 'traces')).toMatch(/^traces with(?:out)? \S/)
    }),
    { numRuns: 300 },
  )
})
