// Going on from an answer that calls tools: in every dialect the provider would take what follows.

import { expect, test } from 'vitest'
import type { Message } from '../../shared/domain/message.ts'
import { nextTurns } from '../../shared/replay/go-on.ts'
import type { DialectId } from '../../shared/replay/types.ts'

const answer: readonly Message[] = [
  {
    role: 'assistant',
    parts: [
      { type: 'text', text: 'I look.' },
      { type: 'tool_call', id: 'call_1', name: 'search', arguments: { q: 'tent' } },
      { type: 'tool_call', id: 'call_2', name: 'refund', arguments: { amount: 2 } },
    ],
  },
]
const known = (call: { readonly name: string }) => (call.name === 'search' ? 'found it' : undefined)

test.each<readonly [DialectId, RegExp]>([
  [
    'openai-chat',
    /"role":"assistant".*"id":"call_1".*"role":"tool","tool_call_id":"call_1","content":"found it".*"tool_call_id":"call_2"/,
  ],
  [
    'openai-responses',
    /"function_call".*"call_id":"call_1".*"function_call_output","call_id":"call_1","output":"found it".*"call_id":"call_2"/,
  ],
  [
    'anthropic',
    /"tool_use","id":"call_1".*"tool_result","tool_use_id":"call_1","content":"found it".*"tool_use_id":"call_2"/,
  ],
  ['gemini', /"functionCall".*"functionResponse":\{.*"name":"search".*found it/],
  ['ollama-chat', /"tool_calls".*"role":"tool".*found it/],
])('%s', (dialect, wanted) => {
  const { items, calls, open } = nextTurns(answer, known, dialect)
  expect([calls, open]).toEqual([2, 1])
  expect(JSON.stringify(items)).toMatch(wanted)
})

test('an answer without calls has nothing to go on with', () => {
  const said: Message = { role: 'assistant', parts: [{ type: 'text', text: 'done' }] }
  expect(nextTurns([said], known, 'openai-chat')).toEqual({ items: [], calls: 0, open: 0 })
})
