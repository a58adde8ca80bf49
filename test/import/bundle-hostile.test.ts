// Anybody may write a bundle: what it says stood around a record is no more to be trusted than the record.

import { expect, test } from 'vitest'
import { readRawSpan } from '../../electron/import/reading.ts'
import { formats } from '../../electron/import/formats/index.ts'
import { readContent, spanOf } from './helpers.ts'

const odd = ['\u0000', null, 7, true, '', '__proto__', [], [null], {}, { trace: {}, span: [] }, 4_294_967_295, 1e300]
const names =
  'trace traceId trace_id span root role parent parentId partOf block after end link session turn info process repeat eval start mapping resourceSpans scopeSpans'.split(
    ' ',
  )
const records = [
  { type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: 'x' }] } },
  { type: 'response_item', payload: { type: 'message' } },
  { spanID: 'a', operationName: 'b', references: [{}] },
  { assessment_id: 'a', span_id: 7 },
  { id: 'i', type: 'GENERATION', name: 'n', startTime: '2026-01-01' },
  { run_type: 'llm', name: 'n' },
  { event: 'model' },
  { eventName: 'gen_ai.choice', body: {} },
  {},
]

test('no format stumbles over what a bundle says stood around its records', async () => {
  const lines = formats.flatMap(({ id: format }) =>
    names.flatMap(name =>
      odd.map(value =>
        JSON.stringify({ spanwise: 'bundle/1', format, context: { [name]: value }, places: [1], records }),
      ),
    ),
  )
  const file = await readContent(lines.join('\n'))
  expect(file.unreadable.filter(({ code }) => code === 'import/not-understood')).toEqual([])
  expect(file.records.length).toBeGreaterThan(1000)
  for (const record of file.records) {
    expect(readRawSpan([record])?.traceId).toBe(record.traceId)
    spanOf(record)
  }
}, 60_000)

test('a text where Braintrust has an object is a text, a long one and one that begins with U+0000 too', async () => {
  for (const scores of ['short', '\u0000', 'long '.repeat(100)]) {
    const row = { id: 'a', span_id: 's', root_span_id: 'r', _is_merge: true, scores }
    const file = await readContent(JSON.stringify(row))
    expect(file.unreadable).toEqual([])
    expect(spanOf(file.records[0]!).attributes['scores']).toBe(scores)
  }
})

test('an object where a word or a number should be is no reason to stumble, even one with a toString of its own', async () => {
  const odd = { toString: 1, valueOf: null }
  const lines = [
    {
      request_id: 'r',
      response_status: odd,
      request_created_at: odd,
      response_body: {},
      request_body: {},
      delay_ms: odd,
    },
    { multipart: odd },
    { id: 'e', timestamp: '2026-01-01', type: odd, body: { id: odd, traceId: odd } },
    { batch: [{ id: 'e', timestamp: '2026-01-01', type: 'score-create', body: { id: 'b', traceId: odd } }] },
    { version: 2, eval: { run_id: odd, task: odd }, samples: [{ id: odd, epoch: odd, messages: [] }] },
    { id: odd, timestamp: odd, instructions: null, git: {} },
    { type: odd, role: 'user', content: [] },
    {
      log: {
        entries: [
          {
            request: { url: 'https://api.openai.com/v1/chat/completions', method: 'POST', postData: { text: '{}' } },
            response: { content: { encoding: 'base64', text: odd } },
          },
        ],
      },
    },
  ]
  const bundled = formats.map(({ id: format }) => ({
    spanwise: 'bundle/1',
    format,
    context: {},
    places: [1],
    records: lines,
  }))
  const file = await readContent([...lines, ...bundled].map(line => JSON.stringify(line)).join('\n'))
  expect(file.unreadable.filter(({ code }) => code === 'import/not-understood')).toEqual([])
})

test('a number of twenty digits where an id should be is one', async () => {
  const event = '{"type":"span_started","exportedSpan":{"id":18446744073709551616,"traceId":"t","name":"n"}}'
  const file = await readContent(event)
  expect(file.unreadable.filter(({ code }) => code === 'import/not-understood')).toEqual([])
})

test('a session named by a long text is the same one on every reading', async () => {
  const id = 'session '.repeat(40)
  const row = {
    request_id: 'r',
    request_created_at: '2026-01-01T00:00:00Z',
    response_status: 200,
    request_properties: { 'Helicone-Session-Id': id },
    request_body: { model: 'm', messages: [] },
    response_body: {},
  }
  const [record] = (await readContent(JSON.stringify(row))).records
  expect(readRawSpan([record!])?.traceId).toBe(record!.traceId)
})
