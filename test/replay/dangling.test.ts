// Calls and results that have lost each other, and each way to mend that, in every dialect.

import { describe, expect, test } from 'vitest'
import { danglingIn, mends } from '../../shared/replay/dangling.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import type { DialectId } from '../../shared/replay/types.ts'

const user = { role: 'user', content: 'Hi' }
const call = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{"a": 1.0}' } })
const toolUse = (id: string) => ({ type: 'tool_use', id, name: 'look', input: {} })

/** Each: a conversation with one answered call, one that is not, and a result that nobody asked for, last. */
const bodies: readonly (readonly [DialectId, object])[] = [
  [
    'openai-chat',
    {
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] },
        { role: 'tool', tool_call_id: 'a', content: 'x' },
        { role: 'tool', tool_call_id: 'z', content: 'x' },
      ],
    },
  ],
  [
    'openai-responses',
    {
      input: [
        user,
        { type: 'function_call', call_id: 'a', name: 'look', arguments: '{}' },
        { type: 'function_call', call_id: 'b', name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: 'a', output: 'x' },
        { type: 'function_call_output', call_id: 'z', output: 'x' },
      ],
    },
  ],
  [
    'anthropic',
    {
      max_tokens: 1,
      messages: [
        user,
        {
          role: 'assistant',
          content: [toolUse('a'), toolUse('b'), { type: 'server_tool_use', id: 'c', name: 'web_search' }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'x' }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'z', content: 'x' }] },
      ],
    },
  ],
  [
    'gemini',
    {
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        {
          role: 'model',
          parts: [{ functionCall: { id: 'a', name: 'look' } }, { functionCall: { id: 'b', name: 'look' } }],
        },
        { role: 'user', parts: [{ functionResponse: { id: 'a', name: 'look', response: {} } }] },
        { role: 'user', parts: [{ functionResponse: { id: 'z', name: 'look', response: {} } }] },
      ],
    },
  ],
]

describe.each(bodies)('%s', (id, body) => {
  // White space that no printer writes stays.
  const text = ` ${JSON.stringify(body, null, 1).replace('"Hi"', '"H\\u0069"')}`
  const lost = (of: string) => danglingIn(of, id).map(one => `${one.kind} ${one.id}`)
  const [open, orphan] = danglingIn(text, id)

  test('both are found, what a provider runs itself is not', () => {
    expect(lost(text)).toEqual(['call b', 'result z'])
    expect(open?.name).toBe('look')
  })

  test('a call is dropped, answered, or the history ends before it', () => {
    expect(lost(mends.drop(text, open!, id))).toEqual(['result z'])
    const answered = mends.answer(text, open!, id)
    expect(lost(answered)).toEqual(['result z'])
    expect(answered.startsWith(text.slice(0, text.indexOf('H\\u0069')))).toBe(true)
    const ended = mends.cut(text, open!, id)
    const before = (JSON.parse(ended) as Record<string, unknown[]>)[dialectOf(id).conversation]!
    expect(lost(ended)).toEqual(id === 'openai-responses' ? ['call a'] : [])
    expect(before).toHaveLength(open!.item)
    expect(ended).toContain('H\\u0069')
  })

  test('a result that nobody asked for goes, with the message that was nothing else', () => {
    const dropped = mends.drop(text, orphan!, id)
    expect(lost(dropped)).toEqual(['call b'])
    expect((JSON.parse(dropped) as Record<string, unknown[]>)[dialectOf(id).conversation]).toHaveLength(orphan!.item)
  })
})

test('a message that says something besides its only call stays without it', () => {
  const text = JSON.stringify({ messages: [user, { role: 'assistant', content: 'Looking', tool_calls: [call('b')] }] })
  const [open] = danglingIn(text, 'openai-chat')
  expect(JSON.parse(mends.drop(text, open!, 'openai-chat'))).toEqual({
    messages: [user, { role: 'assistant', content: 'Looking' }],
  })
  const silent = text.replace('"Looking"', 'null')
  expect(JSON.parse(mends.drop(silent, open!, 'openai-chat'))).toEqual({ messages: [user] })
})
