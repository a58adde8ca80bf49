import { expect, test } from 'vitest'
import { Mask } from '../../electron/replay/mask.ts'
import { Reading } from '../../electron/replay/reading.ts'
import { usualLimits } from '../../electron/replay/send.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import { type DialectId, dialectIds } from '../../shared/replay/types.ts'
import { answerOf, streamOf } from './provider-answers.ts'

// Answers that are not as the provider's reference has them: what is made of each, and what is said of it.

const sse = 'text/event-stream'
const json = 'application/json'

interface Came {
  readonly type?: string
  readonly status?: number
}

function read(dialect: DialectId, text: string, { type = sse, status = 200 }: Came = {}) {
  const reading = new Reading(
    { statusCode: status, headers: { 'content-type': type } },
    dialectOf(dialect),
    usualLimits,
    new Mask(undefined),
    0,
  )
  const pieces = [...reading.push(Buffer.from(text)), ...reading.finish()]
  const { error, outcome, isAnswer, body, stream, retryAfter } = reading.end(status, undefined)
  const answer = isAnswer ? dialectOf(dialect).api.readResponse(JSON.parse(body) as JsonObject) : {}
  const parts = answer.messages?.flatMap(message => message.parts) ?? []
  return { outcome, said: error?.message, parts, isAnswer, body, stream, retryAfter, pieces, code: error?.code }
}
const texts = ({ parts }: ReturnType<typeof read>) => parts.map(part => ('text' in part ? part.text : part.type))
const events = (...all: readonly object[]) => all.map(one => `data: ${JSON.stringify(one)}\n\n`).join('')
const lines = (...all: readonly object[]) => all.map(one => `${JSON.stringify(one)}\n`).join('')

test.for(dialectIds)('%s: an answer is what it looks like, whatever type its server gives it', dialect => {
  const { type, events: written } = streamOf(dialect)
  const whole = JSON.stringify(answerOf(dialect))
  const expected = read(dialect, whole, { type: json })
  expect(expected).toMatchObject({ outcome: 'ok', isAnswer: true })
  const stream = written.join('')
  for (const [text, called] of [
    [whole, type],
    [`\ufeff${whole}`, json],
    [JSON.stringify(answerOf(dialect), undefined, 2), type],
    [stream, json],
    [stream, 'text/plain'],
    [stream, ''],
  ] as const) {
    const came = read(dialect, text, { type: called })
    expect([called, came.outcome, came.parts]).toEqual([called, 'ok', expected.parts])
  }
  const page = read(dialect, '<!doctype html><h1>Sign in</h1>', { type })
  expect(page).toMatchObject({ outcome: 'incomplete', said: 'The answer is no JSON.', isAnswer: false })
  expect(page.body).toContain('Sign in')
  const refused = { outcome: 'refused', said: 'Overloaded', isAnswer: false }
  expect(read(dialect, '{"error":{"message":"Overloaded"}}')).toMatchObject(refused)
  expect(read(dialect, events({ error: { message: 'Overloaded' } }), { status: 503 })).toMatchObject(refused)
  expect(read(dialect, '{"detail":"Overloaded"}', { type: json, status: 503 })).toMatchObject(refused)
  const plain = read(dialect, '404 page not found', { type: 'text/plain', status: 404 })
  expect(plain.said).toBe('The server answered 404: 404 page not found')
  const none = {
    outcome: 'incomplete',
    isAnswer: false,
    body: '',
    said: expect.stringMatching(/ended before anything/) as unknown,
  }
  expect(read(dialect, '')).toMatchObject(none)
})

const hello = { text: 'Hello' }
const end = { type: 'message_stop' }
const ollama = { model: 'llama3.2', done: false, message: { role: 'assistant', content: 'Hello' } }
const candidate = (text: string, more: object = {}) => ({
  index: 0,
  content: { role: 'model', parts: [{ text }] },
  ...more,
})
const finished = { candidates: [candidate('Hello', { finishReason: 'STOP' })] }
const textDelta = { type: 'response.output_text.delta', output_index: 0, delta: 'Hello' }
const delta = (index: unknown, more: object) => ({ type: 'content_block_delta', index, delta: more })
const start = { type: 'message_start', message: { model: 'claude', usage: { input_tokens: 1 } } }
const blocked = { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 9 } }
const wanted = 'The provider ended this with “SAFETY”, and says no more.'

test.for<[name: string, DialectId, text: string, said: string | RegExp | undefined, kept?: readonly string[]]>([
  [
    'an error by the name of its event alone',
    'anthropic',
    `${events(start, delta(0, { type: 'text_delta', ...hello }))}event: error\ndata: {"message":"gone"}\n\n`,
    'gone',
    ['Hello'],
  ],
  ['nothing but its end', 'anthropic', events(end), /^The stream ended with nothing/],
  ['an end without an event', 'openai-chat', 'data: [DONE]\n\n', /^The stream ended with nothing/],
  ['an error before all else', 'ollama-chat', lines({ error: 'model not found' }), 'model not found'],
  [
    'an error beside a message',
    'ollama-chat',
    lines(ollama, { ...ollama, error: 'crashed', done: true }),
    'crashed',
    ['HelloHello'],
  ],
  [
    'a line that was cut off',
    'ollama-chat',
    `${lines(ollama)}{"mod`,
    /^The stream ended without its end mark/,
    ['Hello'],
  ],
  ['an error beside a candidate', 'gemini', events({ ...finished, error: { message: 'boom' } }), 'boom', ['Hello']],
  [
    'an error that is no event',
    'gemini',
    `${events({ candidates: [candidate('Hello')] })}{\n "error": {"message": "boom"}\n}\n`,
    'boom',
    ['Hello'],
  ],
  ['a question that is blocked', 'gemini', events(blocked), wanted],
  [
    'an answer that is blocked midway',
    'gemini',
    events({ candidates: [candidate('Hello')] }, blocked),
    wanted,
    ['Hello'],
  ],
  [
    'failed, with no reason',
    'openai-responses',
    events(textDelta, { type: 'response.failed', response: { object: 'response', status: 'failed', output: [] } }),
    /“failed”/,
    ['Hello'],
  ],
  ['cancelled', 'openai-responses', events(textDelta, { type: 'response.cancelled' }), /“cancelled”/, ['Hello']],
])('%s: %s', ([, dialect, text, said, kept = []]) => {
  const came = read(dialect, text, { type: dialect === 'ollama-chat' ? 'application/x-ndjson' : sse })
  expect(came.outcome).toBe('incomplete')
  expect(came.said).toMatch(said!)
  expect(texts(came)).toEqual(kept)
  expect(came.isAnswer).toBe(kept.length > 0)
})

test('a list of pieces is a stream; of several candidates the first is shown while they come', () => {
  const list = [{ candidates: [candidate('Hel')] }, { candidates: [candidate('lo', { finishReason: 'STOP' })] }]
  const whole = read('gemini', JSON.stringify(list), { type: json })
  expect([whole.outcome, texts(whole), whole.stream]).toEqual(['ok', ['Hello'], undefined])
  expect(read('gemini', JSON.stringify(list.slice(0, 1)), { type: json })).toMatchObject({ code: 'replay/no-end' })
  expect(read('gemini', '[{"error":{"message":"Overloaded"}}]', { type: json })).toMatchObject({ said: 'Overloaded' })
  expect(read('gemini', '[{"a":1}]', { type: json })).toMatchObject({ outcome: 'incomplete', isAnswer: false })
  const second = { ...candidate('B', { finishReason: 'STOP' }), index: 1 }
  const two = read(
    'gemini',
    events({ candidates: [second] }, { candidates: [candidate('A', { finishReason: 'STOP' })] }),
  )
  expect(two.pieces.map(piece => piece.text)).toEqual([undefined, 'A'])
  expect(texts(two)).toEqual(['A', 'B'])
  expect(read('gemini', JSON.stringify(blocked), { type: json })).toMatchObject({ outcome: 'refused', said: wanted })
})

test('gemini says in the error when to come back', () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' }]
  const limited = JSON.stringify({ error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED', details } })
  expect(read('gemini', limited, { type: json, status: 429 })).toMatchObject({ outcome: 'refused', retryAfter: 34_500 })
  const soon = limited.replace('34.5s', 'soon')
  expect(read('gemini', soon, { type: json, status: 429 }).retryAfter).toBeUndefined()
})

test('an answer that says that it is not done is not whole', () => {
  const queued = { object: 'response', status: 'queued', output: [] }
  for (const [dialect, body] of [
    ['openai-responses', queued],
    ['ollama-chat', ollama],
  ] as const)
    expect(read(dialect, JSON.stringify(body), { type: json })).toMatchObject({ outcome: 'incomplete', isAnswer: true })
})

test('anthropic: a block whose beginning did not come is what it goes on with', () => {
  const came = read(
    'anthropic',
    events(
      start,
      delta('0', { type: 'thinking_delta', thinking: 'Hm' }),
      delta('1', { type: 'input_json_delta', partial_json: '{"a":1}' }),
      end,
    ),
  )
  expect(came.parts).toMatchObject([
    { type: 'reasoning', text: 'Hm' },
    { type: 'tool_call', arguments: { a: 1 } },
  ])
})

test('openai-responses: an end without the items has those that came, and of one that never ended what came of it', () => {
  const at = (output_index: number, type: string, more: object) => ({ type: `response.${type}`, output_index, ...more })
  const pieces = [
    at(0, 'output_item.added', { item: { type: 'reasoning', id: 'r', summary: [] } }),
    at(0, 'reasoning_summary_text.delta', { delta: 'Hm', summary_index: 0 }),
    at(1, 'output_item.added', { item: { type: 'message', role: 'assistant', content: [] } }),
    at(1, 'output_text.delta', { delta: 'one', content_index: 0 }),
    at(1, 'refusal.delta', { delta: 'no', content_index: 1 }),
    at(1, 'future.delta', { delta: 'zzz' }),
    at(2, 'custom_tool_call_input.delta', { delta: 'print(1)' }),
    at(3, 'output_item.done', { item: { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":1}' } }),
    at(3, 'function_call_arguments.delta', { delta: '{"a":1}' }),
  ]
  const expected = [
    { type: 'reasoning', text: 'Hm' },
    { type: 'text', text: 'one' },
    { type: 'refusal', text: 'no' },
    { type: 'tool_call', arguments: 'print(1)' },
    { type: 'tool_call', name: 'f', arguments: { a: 1 } },
  ]
  const broken = read('openai-responses', events(...pieces))
  expect(broken).toMatchObject({ code: 'replay/no-end', parts: expected })
  const response = { id: 'resp_1', object: 'response', status: 'completed', output: [] }
  for (const last of [{ response }, {}]) {
    const came = read('openai-responses', events(...pieces, { type: 'response.completed', ...last }))
    expect(came).toMatchObject({ outcome: 'ok', parts: expected })
  }
})
