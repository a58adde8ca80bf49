// Log records that tell of model calls: joined to their spans, whichever comes first.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSpan } from '../../electron/import/reading.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { otlpSpan, readContent, Reading, spansOf, traceHex, type ReadRecord } from './helpers.ts'

const spanId = 'ffc5202d773618d2'

function log(fields: object = {}): object {
  return { traceId: traceHex, spanId, timeUnixNano: '1780000000000000005', attributes: [], ...fields }
}

function text(value: string): object {
  return { stringValue: value }
}

function body(fields: { [name: string]: string }): object {
  return { kvlistValue: { values: Object.entries(fields).map(([key, value]) => ({ key, value: text(value) })) } }
}

function attributes(fields: { [name: string]: string | number }): object[] {
  return Object.entries(fields).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : text(value),
  }))
}

function logs(...logRecords: object[]): string {
  const resource = { attributes: attributes({ 'service.name': 'desk' }) }
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'test' }, logRecords }] }] })
}

/** Every span of these records, the records of one merged. */
function merged(records: readonly ReadRecord[]) {
  const bySpan = new Map<string, ReadRecord[]>()
  for (const record of records) {
    const key = `${record.traceId} ${readSpan([record])?.id}`
    bySpan.set(key, [...(bySpan.get(key) ?? []), record])
  }
  return [...bySpan.values()].map(list => readSpan(list)!)
}

const asked = (name: string, fields: { [name: string]: string }, more: object = {}) =>
  log({ eventName: name, body: body(fields), ...more })

test('a record is a part of the span it names, and its texts are that span’s', async () => {
  const call = JSON.stringify({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              otlpSpan({
                spanId,
                attributes: attributes({ 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai' }),
              }),
            ],
          },
        ],
      },
    ],
  })
  const told = logs(asked('gen_ai.user.message', { content: 'Hi' }), asked('gen_ai.choice', { message: 'Hello' }))
  for (const content of [`${call}\n${told}`, `${told}\n${call}`]) {
    const [span, ...others] = merged((await readContent(content)).records)
    expect(others).toEqual([])
    expect(span).toMatchObject({
      kind: 'generation',
      name: 'step',
      inputMessages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
      outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
    })
    expect(span?.marks).toBeUndefined()
  }
})

test.each([
  ['eventName', { eventName: 'gen_ai.user.message', body: body({ content: 'Hi' }) }],
  ['an attribute', { attributes: attributes({ 'event.name': 'gen_ai.user.message' }), body: body({ content: 'Hi' }) }],
  ['the body', { body: body({ name: 'gen_ai.user.message', content: 'Hi' }) }],
  [
    'snake case',
    {
      event_name: 'gen_ai.user.message',
      body: { kvlist_value: { values: [{ key: 'content', value: { string_value: 'Hi' } }] } },
    },
  ],
])('the event is named in %s', async (_where, fields) => {
  const [span] = spansOf(await readContent(logs(log(fields))))
  expect(span?.inputMessages).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }])
})

test('records whose span never came are one call, which says so', async () => {
  const later = { timeUnixNano: '1780000000000000009' }
  const file = await readContent(
    logs(
      asked('gen_ai.choice', { message: 'Hello' }, later),
      asked('gen_ai.system.message', { content: 'Be brief.' }),
      asked('gen_ai.user.message', { content: 'Hi' }),
    ),
  )
  const [span, ...others] = merged(file.records)
  expect(others).toEqual([])
  expect(span).toMatchObject({
    kind: 'generation',
    startTime: '1780000000000000005',
    marks: ['fragment'],
    application: 'desk',
  })
  expect(span?.inputMessages?.map(({ role }) => role)).toEqual(['system', 'user'])
})

test('messages stand in the order of their times, whatever request brought them', async () => {
  const at = (nanos: number) => ({ timeUnixNano: `178000000000000000${nanos}` })
  const later = logs(asked('gen_ai.user.message', { content: 'second' }, at(7)))
  const sooner = logs(asked('gen_ai.user.message', { content: 'first' }, at(3)))
  const [span] = merged((await readContent(`${later}\n${sooner}`)).records)
  expect(span?.inputMessages?.map(({ parts }) => parts[0])).toEqual([
    { type: 'text', text: 'first' },
    { type: 'text', text: 'second' },
  ])
  expect(span?.startTime).toBe('1780000000000000003')
})

test('the same message twice in one history stays twice, a request sent twice does not double it', async () => {
  const twice = logs(asked('gen_ai.user.message', { content: 'yes' }), asked('gen_ai.user.message', { content: 'yes' }))
  const once = merged((await readContent(twice)).records)[0]
  expect(once?.inputMessages).toHaveLength(2)
  const { records } = await readContent(`${twice}\n${twice}`)
  expect(new Set(records.map(({ hash }) => hash)).size).toBe(2)
})

test('a record without ids is a call of its own', async () => {
  const file = await readContent(logs(asked('gen_ai.user.message', { content: 'Hi' }, { traceId: '', spanId: '' })))
  expect(spansOf(file)).toMatchObject([{ kind: 'generation', marks: ['derived-id', 'fragment'] }])
})

test('the details of a call are read as though they stood on its span', async () => {
  const details = attributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.output_tokens': 2,
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
  })
  const event = log({ eventName: 'gen_ai.client.inference.operation.details', attributes: details })
  expect(spansOf(await readContent(logs(event)))).toMatchObject([
    { kind: 'generation', model: 'gpt-4.1', usage: { input: 7, output: 2 }, inputMessages: [{ role: 'user' }] },
  ])
})

test('a verdict in a log record is a score of the span it names', async () => {
  const verdict = attributes({ 'gen_ai.evaluation.name': 'relevance', 'gen_ai.evaluation.score.label': 'good' })
  const file = await readContent(logs(log({ eventName: 'gen_ai.evaluation.result', attributes: verdict })))
  expect(spansOf(file)).toMatchObject([{ kind: 'evaluator', scores: [{ name: 'relevance', label: 'good' }] }])
})

test('one object may hold spans and log records', async () => {
  const told = JSON.parse(logs(asked('gen_ai.user.message', { content: 'Hi' }))) as object
  const both = { resourceSpans: [{ scopeSpans: [{ spans: [otlpSpan({ spanId })] }] }], ...told }
  const { records, file } = await readContent(JSON.stringify(both))
  expect(merged(records)).toMatchObject([{ id: spanId, name: 'step', inputMessages: [{ role: 'user' }] }])
  expect(file?.formats).toEqual({ 'otlp-json': 1 })
})

test('other log records are counted', async () => {
  const file = await readContent(logs(log({ body: text('listening on 8080') }), log({ eventName: 'device.app.start' })))
  expect(file.records).toEqual([])
  expect(file.skipped).toEqual({ 'OTLP log records that tell of no model call': 2 })
})

const none = { traceId: '', spanId: '' }

test('Claude Code reports its calls without spans', async () => {
  const request = attributes({
    'event.name': 'api_request',
    'session.id': 'sess-1',
    model: 'claude-sonnet-4-5',
    cost_usd: '0.0123',
    duration_ms: '2500',
    input_tokens: 5,
    output_tokens: 40,
    cache_read_tokens: 1000,
  })
  const failure = attributes({
    'event.name': 'api_error',
    'session.id': 'sess-1',
    model: 'claude-sonnet-4-5',
    status_code: '529',
    error: 'Overloaded',
  })
  const file = await readContent(
    logs(
      log({ ...none, body: text('claude_code.api_request'), attributes: request }),
      log({ ...none, body: text('claude_code.api_error'), attributes: failure }),
    ),
  )
  expect(new Set(file.records.map(({ traceId }) => traceId)).size).toBe(1)
  expect(spansOf(file)).toMatchObject([
    {
      kind: 'generation',
      session: 'sess-1',
      durationNs: '2500000000',
      recordedCost: '0.0123',
      usage: { input: 1005, output: 40, cacheRead: 1000 },
    },
    { kind: 'generation', status: 'error', model: 'claude-sonnet-4-5' },
  ])
})

test('Gemini CLI and Codex count in their own ways', async () => {
  const gemini = attributes({
    'event.name': 'gemini_cli.api_response',
    model: 'gemini-2.5-pro',
    input_token_count: 29,
    output_token_count: 15,
    thoughts_token_count: 1801,
    total_token_count: 1845,
  })
  const codex = attributes({
    'event.name': 'codex.sse_event',
    'event.kind': 'response.completed',
    'conversation.id': 'c',
    input_token_count: 100,
    cached_token_count: 80,
    output_token_count: 9,
    reasoning_token_count: 3,
  })
  const delta = attributes({ 'event.name': 'codex.sse_event', 'event.kind': 'response.output_text.delta' })
  const file = await readContent(logs(...[gemini, codex, delta].map(given => log({ ...none, attributes: given }))))
  expect(spansOf(file).map(({ usage }) => usage)).toEqual([
    { input: 29, output: 1816, reasoning: 1801 },
    { input: 100, output: 9, cacheRead: 80, reasoning: 3 },
  ])
  expect(file.skipped).toEqual({ 'OTLP log records that tell of no model call': 1 })
})

test('a call of 2,000 log records is read in time that grows with their number', async () => {
  const history = (count: number) =>
    logs(...Array.from({ length: count }, (_, i) => asked('gen_ai.user.message', { content: `message ${i}` })))
  const time = async (count: number) => {
    const { records } = await readContent(history(count))
    const began = performance.now()
    expect(merged(records)[0]?.inputMessages).toHaveLength(count)
    return performance.now() - began
  }
  await time(100)
  const [few, many] = [await time(200), await time(2000)]
  expect(many).toBeLessThan(40 * Math.max(few, 5))
})

test.skipIf(corpusIsMissing !== undefined)('a dump whose texts are in its logs alone, in either order', async () => {
  const read = (name: string) => readFileSync(corpusFile(`generated/otel-openai-contrib/${name}`))
  const [spans, told] = [read('traces.jsonl'), read('logs.jsonl')]
  const readAll = async (...files: Uint8Array[]) => {
    const reading = new Reading()
    const records: ReadRecord[] = []
    for (const file of files) records.push(...(await reading.read(file)).records)
    return merged(records).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  const alone = await readAll(spans)
  // Chats write to logs, the two newer Responses calls to their span.
  const silent = alone.filter(span => span.operation === 'chat' && !span.inputMessages).map(({ id }) => id)
  expect(silent.length).toBeGreaterThan(2)
  const both = await readAll(spans, told)
  expect(both.map(({ id }) => id)).toEqual(alone.map(({ id }) => id))
  const speaking = both.filter(({ id }) => silent.includes(id))
  expect(speaking.filter(span => !span.inputMessages).map(({ name }) => name)).toEqual([])
  expect(speaking.filter(span => !span.outputMessages && span.status !== 'error').map(({ name }) => name)).toEqual([])
  expect(await readAll(told, spans)).toEqual(both)
})

test.skipIf(corpusIsMissing !== undefined)('log records as the Python SDK prints them', async () => {
  const file = await readContent(readFileSync(corpusFile('odd/python-logrecords-0x-ids.json')))
  expect(file.records).toEqual([])
  expect(file.skipped).toEqual({ 'OTLP log records that tell of no model call': 8 })
  const printed = {
    body: { content: 'Hi' },
    severity_number: 9,
    attributes: { 'event.name': 'gen_ai.user.message' },
    timestamp: '2025-01-31T12:29:57.187259Z',
    trace_id: `0x${traceHex}`,
    span_id: `0x${spanId}`,
    resource: { attributes: { 'service.name': 'agentops' } },
  }
  expect(spansOf(await readContent(JSON.stringify(printed)))).toMatchObject([
    { id: spanId, application: 'agentops', startTime: '1738326597187259000', inputMessages: [{ role: 'user' }] },
  ])
})
