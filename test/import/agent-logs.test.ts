import { expect, test } from 'vitest'
import { joined, readContent } from './helpers.ts'

const lines = (...records: readonly object[]) => records.map(record => JSON.stringify(record)).join('\n')

const codex = (type: string, payload: object) => ({ timestamp: '2026-03-02T09:00:00Z', type, payload })
const tokens = (input: number) => ({ input_tokens: input, output_tokens: 1, cached_input_tokens: 0 })
const counted = (last: number, total: number) =>
  codex('event_msg', {
    type: 'token_count',
    info: { last_token_usage: tokens(last), total_token_usage: tokens(total) },
  })

test('a count that is repeated is counted once, and one that fell is a fork', async () => {
  const turn = codex('event_msg', { type: 'task_started', turn_id: 't' })
  const file = await readContent(lines(turn, counted(10, 10), counted(10, 10), counted(5, 15), counted(7, 7)))
  const inputs = ['call 1', 'call 2', 'call 3'].map(id => joined([file], 't', id).usage?.input)
  expect(inputs).toEqual([10, 5, 7])
  expect(() => joined([file], 't', 'call 4')).toThrow('No record')
})

test('of several tool results the last is when the next call starts', async () => {
  const at = (second: number, payload: object) => ({
    timestamp: `2026-03-02T09:00:0${second}Z`,
    type: 'response_item',
    payload,
  })
  const file = await readContent(
    lines(
      codex('event_msg', { type: 'task_started', turn_id: 't' }),
      at(3, { type: 'function_call_output', call_id: 'a', output: '1' }),
      at(5, { type: 'function_call_output', call_id: 'b', output: '2' }),
      at(8, { type: 'message', role: 'assistant', content: [] }),
    ),
  )
  expect(joined([file], 't', 'call 1').durationNs).toBe('3000000000')
})

test.for([
  ['codex', codex('response_item', { type: 'function_call', call_id: {}, arguments: 5 })],
  ['codex', codex('response_item', { type: [], role: null })],
  ['codex', codex('event_msg', { type: 'token_count', info: { total_token_usage: { __proto__: 1 } } })],
  ['codex', codex('event_msg', { type: 'mcp_tool_call_end', call_id: '__proto__', duration: { secs: 1e300 } })],
  ['codex', codex('session_meta', { id: 4294967294, base_instructions: [] })],
  ['inspect', { version: 2, eval: { task: {} }, samples: [{ id: null, epoch: 'x', events: [5, { event: 'step' }] }] }],
  ['inspect', { id: 1, epoch: 1, input: [], target: 0, events: [{ event: 'model', input_refs: [[0, 4294967294]] }] }],
  ['inspect', { id: 1, epoch: 1, input: '', target: '', messages: [], attachments: 3, output: { choices: [null] } }],
  ['inspect', { id: 1, epoch: 1, input: '', target: '', events: [{ event: 'span_end', id: '__proto__' }] }],
  ['pi', { type: 'message', timestamp: [], message: { role: 'assistant', content: [{ type: 'toolCall' }] } }],
  ['qwen-code', { type: 'tool_result', uuid: 1, sessionId: 2, message: { parts: [null, { functionResponse: 3 }] } }],
  ['copilot-cli', { type: 'tool.execution_start', data: {}, timestamp: 0, parentId: null }],
] as const)('what no %s writes is read without falling over', async ([, record]) => {
  const { failure, unreadable } = await readContent(lines(record))
  expect(failure).toBeUndefined()
  expect(unreadable).toEqual([])
})
