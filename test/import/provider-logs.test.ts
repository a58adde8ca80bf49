// Raw logs of model providers: which records are about one call, and what is left to others.

import { expect, test } from 'vitest'
import type { RecordSink, TraceFormat } from '../../electron/import/format.ts'
import { detectFormat, formatOf } from '../../electron/import/formats/index.ts'
import { mergeRaw } from '../../electron/import/merge-raw.ts'
import { readSpanColumns } from '../../electron/import/span-reading.ts'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { requestApi, responseApi } from '../../shared/conventions/bodies/index.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import { bitsToMarks } from '../../shared/domain/marks.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'

/** The spans of these records, told apart by their ids; records without ids each on their own. */
function read(records: readonly object[]): RawSpan[] {
  const readers = new Map<TraceFormat, ReturnType<TraceFormat['open']>>()
  const spans = new Map<string, RawSpan[]>()
  const sinkOf = (format: TraceFormat): RecordSink => ({
    span(record, context, origin) {
      const raw = (origin ? formatOf(origin.as)! : format).rawSpan(record, context, text => text)
      if (!('traceId' in raw)) throw new Error(raw.message)
      const key = raw.spanId === '' ? `${spans.size}` : `${raw.traceId} ${raw.spanId}`
      spans.set(key, [...(spans.get(key) ?? []), raw])
    },
    unreadable: (code, message) => expect.fail(`${code}: ${message}`),
    skipped: () => {},
    note: () => {},
    hold: part => JSON.stringify(part),
    compose: (json, take) => take(JSON.parse(json) as JsonObject),
    text: written => written,
    line: 1,
  })
  for (const record of records as readonly JsonObject[]) {
    const format = detectFormat(record)?.format
    if (!format) continue
    if (!readers.has(format)) readers.set(format, format.open({ path: 'log' }))
    readers.get(format)!.read(record, sinkOf(format))
  }
  for (const [format, reader] of readers) reader.end?.(sinkOf(format))
  return [...spans.values()].map(records => mergeRaw(records))
}

const asked = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hi' }] }
const answered = (id: string) => ({
  id,
  object: 'chat.completion',
  model: 'gpt-4.1-2025',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
})

test.each([
  ['request first', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'], false],
  ['response first', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'], true],
] as const)('two records about one call are one span: %s', (_order, [start, end], reversed) => {
  const halves = [
    { request_id: 'r', ts: start, body: asked },
    { request_id: 'r', ts: end, body: answered('c') },
  ]
  const spans = read(reversed ? halves.toReversed() : halves).map(readWhole)
  expect(spans).toHaveLength(1)
  expect(spans[0]).toMatchObject({
    durationNs: '1000000000',
    usage: { input: 3, output: 1 },
    inputMessages: [{ role: 'user' }],
    outputMessages: [{ role: 'assistant' }],
  })
  expect(spans[0]!.marks).not.toContain('conflict')
})

test('an id that is used again begins another call', () => {
  const pair = (n: number) => [
    { id: 1, at: n, request: asked },
    { id: 1, at: n, response: answered(`c${n}`) },
  ]
  expect(read([...pair(1), ...pair(2)])).toHaveLength(2)
})

test('the ids that stand beside a turn are its own, and the session of its chain is found by them', () => {
  const turn = (number: number, ids: object) => ({
    ...ids,
    request: {
      model: 'gpt-5',
      input: 'On.',
      ...(number === 1 ? {} : { previous_response_id: `resp_${number - 1}` }),
    },
    response: { id: `resp_${number}`, object: 'response', status: 'completed', model: 'gpt-5', output: [] },
  })
  const trace = 'a'.repeat(32)
  const spans = read([
    turn(1, { trace_id: trace, span_id: '1111111111111111' }),
    turn(2, { trace_id: trace, span_id: '2222222222222222', parent_span_id: '1111111111111111' }),
    turn(3, {}),
  ])
  expect(spans.map(({ traceId, spanId, parentId }) => [traceId === trace, spanId, parentId])).toEqual([
    [true, '1111111111111111', undefined],
    [true, '2222222222222222', '1111111111111111'],
    [false, expect.stringMatching(/^[0-9a-f]{16}$/), undefined],
  ])
  expect(spans.map(({ resource }) => resource['session.id'])).toEqual(['resp_1', 'resp_1', 'resp_1'])
})

test('a result and its request meet in a batch; what never ran is no call', () => {
  const spans = read([
    { custom_id: 'b', response: { status_code: 200, body: answered('c') }, error: null },
    { custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body: asked },
    { custom_id: 'b', method: 'POST', url: '/v1/chat/completions', body: asked },
  ])
  expect(spans.map(span => [span.name, bitsToMarks(readFacts(span).marks).includes('unanswered')])).toEqual([
    ['b', false],
    ['a', true],
  ])
  // What never ran is found by the model that was asked for.
  expect(spans.map(span => readSpanColumns(span).call?.model)).toEqual(['gpt-4.1-2025', asked.model])
})

test('a request beside an answer of an unknown shape is not claimed', () => {
  expect(detectFormat({ request: asked, reply: { text: 'Hello' }, usage: { promptTokens: 3 } })).toBeUndefined()
})

test.each([
  [
    'Anthropic',
    { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'x' }], stop_reason: 'end_turn' },
  ],
  ['Gemini', { candidates: [{ content: { role: 'model', parts: [{ text: 'x' }] }, finishReason: 'STOP' }] }],
  ['Ollama', { model: 'm', done: true, message: { role: 'assistant', content: 'x' } }],
  ['Bedrock', { output: { message: { role: 'assistant', content: [{ text: 'x' }] } }, stopReason: 'end_turn' }],
  ['OpenAI', answered('x')],
])('%s bodies are read from any JSON', (_who, body) => {
  const text = responseApi(body)
    ?.readResponse(body)
    .messages?.[0]?.parts.find(part => part.type === 'text')
  expect(text).toBeDefined()
})

test('requests are told apart by what only they have', () => {
  const api = (body: JsonObject) => requestApi(body)?.id
  expect(api(asked)).toBe('openai-chat')
  expect(api({ ...asked, system: 's', max_tokens: 1 })).toBe('anthropic-messages')
  expect(api({ model: 'm', input: 'x', instructions: 'i' })).toBe('openai-responses')
  expect(api({ model: 'text-embedding-3-small', input: 'x' })).toBe('openai-embeddings')
  expect(api({ contents: [{ parts: [{ text: 'x' }] }] })).toBe('gemini')
  expect(api({ ...asked, options: {} })).toBe('ollama')
  expect(api({ ...asked, inferenceConfig: {} })).toBe('bedrock-converse')
  expect(api({ text: 'x' })).toBeUndefined()
})

test('indices that no stream has cost no room, and no name is special', () => {
  const chunk = (index: number) => ({
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [
      { index, delta: { ['__proto__x']: 'a', tool_calls: [{ index: 4_294_967_294, function: { arguments: '{' } }] } },
    ],
  })
  const spans = read([
    chunk(4_294_967_294),
    JSON.parse('{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"__proto__":"x"}}]}'),
  ])
  expect(spans).toHaveLength(2)
  expect(spans.map(span => readWhole(span).kind)).toEqual(['generation', 'generation'])
})
