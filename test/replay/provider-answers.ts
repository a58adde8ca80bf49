// One answer a dialect, a text and a tool call where there is room for one, whole and as a stream, as the providers write them.

import type { DialectId } from '../../shared/replay/types.ts'

const usageOfChat = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }
const geminiUsage = { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 }
const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Lisbon"}' } }
const responseItems = [
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Let me look.', annotations: [] }],
  },
  {
    type: 'function_call',
    id: 'fc_1',
    call_id: 'call_1',
    name: 'weather',
    arguments: '{"city":"Lisbon"}',
    status: 'completed',
  },
]
const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1_790_000_000,
  status: 'completed',
  model: 'gpt-4.1-2025-04-14',
  error: null,
  output: responseItems,
  usage: { input_tokens: 9, output_tokens: 4, total_tokens: 13 },
}
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  stop_reason: 'tool_use',
  stop_sequence: null,
  content: [
    { type: 'text', text: 'Let me look.' },
    { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Lisbon' } },
  ],
  usage: { input_tokens: 9, output_tokens: 4 },
}
const candidate = (text: string, more: object = {}) => ({
  candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, ...more }],
  modelVersion: 'gemini-2.5-flash',
  responseId: 'r1',
})
const ollama = { model: 'llama3.2', created_at: '2026-11-22T10:00:00Z' }
const counted = { done: true, done_reason: 'stop', total_duration: 5, prompt_eval_count: 9, eval_count: 4 }

const whole: { readonly [dialect in DialectId]: object } = {
  'openai-chat': {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'gpt-4.1-2025-04-14',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Let me look.', tool_calls: [call] },
        finish_reason: 'tool_calls',
      },
    ],
    usage: usageOfChat,
  },
  'openai-responses': response,
  anthropic: message,
  gemini: {
    ...candidate('Let me look.', { finishReason: 'STOP' }),
    usageMetadata: geminiUsage,
  },
  'ollama-chat': { ...ollama, message: { role: 'assistant', content: 'Let me look.' }, ...counted },
}

const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model: 'gpt-4.1-2025-04-14',
  choices: [{ index: 0, delta, finish_reason }],
})

const streamed: { readonly [dialect in DialectId]: readonly object[] } = {
  'openai-chat': [
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'Let me' }),
    chunk({ content: ' look.' }),
    chunk({ tool_calls: [{ index: 0, ...call, function: { name: 'weather', arguments: '' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: '"Lisbon"}' } }] }),
    chunk({}, 'tool_calls'),
    { ...chunk({}), choices: [], usage: usageOfChat },
  ],
  'openai-responses': [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    { type: 'response.output_item.added', output_index: 0, item: { ...responseItems[0], content: [] } },
    { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Let me' },
    { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: ' look.' },
    { type: 'response.output_item.done', output_index: 0, item: responseItems[0] },
    { type: 'response.output_item.added', output_index: 1, item: { ...responseItems[1], arguments: '' } },
    { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"city":"Lisbon"}' },
    { type: 'response.output_item.done', output_index: 1, item: responseItems[1] },
    { type: 'response.completed', response },
  ],
  anthropic: [
    {
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: { input_tokens: 9, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Let me' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' look.' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'content_block_start',
      index: 1,
      content_block: { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} },
    },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"city":' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '"Lisbon"}' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 4 } },
    { type: 'message_stop' },
  ],
  gemini: [candidate('Let me'), { ...candidate(' look.', { finishReason: 'STOP' }), usageMetadata: geminiUsage }],
  'ollama-chat': [
    { ...ollama, message: { role: 'assistant', content: 'Let me' }, done: false },
    { ...ollama, message: { role: 'assistant', content: ' look.' }, done: false },
    { ...ollama, message: { role: 'assistant', content: '' }, ...counted },
  ],
}

export function answerOf(dialect: DialectId): object {
  return whole[dialect]
}

/** The pieces as they are written to the wire. */
export function streamOf(dialect: DialectId): { readonly type: string; readonly events: readonly string[] } {
  const pieces = streamed[dialect]
  if (dialect === 'ollama-chat')
    return { type: 'application/x-ndjson', events: pieces.map(piece => `${JSON.stringify(piece)}\n`) }
  const isNamed = dialect === 'anthropic' || dialect === 'openai-responses'
  const events = pieces.map(piece => {
    const name = isNamed ? `event: ${(piece as { type: string }).type}\n` : ''
    return `${name}data: ${JSON.stringify(piece)}\n\n`
  })
  return {
    type: 'text/event-stream; charset=utf-8',
    events: dialect === 'openai-chat' ? [...events, 'data: [DONE]\n\n'] : events,
  }
}
