// Plain span objects, ReadableSpan, Phoenix's table, Jaeger, Zipkin, bags of attributes: what golden files do not show.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixture } from '../helpers/fixtures.ts'
import { readContent, spansOf } from './helpers.ts'

const fixtures = [
  'span-rows/python-console.json',
  'span-rows/wrapped-rows.json',
  'span-rows/logfire-query.json',
  'js-spans/concatenated-pretty.json',
  'phoenix/api.json',
  'phoenix/dataframe.jsonl',
  'jaeger/two-services.json',
  'zipkin/shared.json',
  'attribute-bag/named.json',
  'attribute-bag/bare.json',
]

const odd: readonly unknown[] = [null, '', '__proto__', -1, 4294967294, 1e300, true, [], [null], {}, { a: { b: [] } }]

type Json = { [key: string]: unknown } | unknown[]

/** The value with one of its parts replaced, for every part and every odd value. */
function* mutants(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const original = (value as { [key: string]: unknown })[key]
    const put = (item: unknown): Json =>
      Array.isArray(value) ? value.with(Number(key), item) : { ...value, [key]: item }
    for (const item of odd) yield put(item)
    for (const inner of mutants(original)) yield put(inner)
  }
}

test.each(fixtures)('no part of %s is trusted', async name => {
  const file = await readContent(readFileSync(fixture(name)))
  const records = [...new Set(file.records.map(({ record }) => record))].slice(0, 3)
  const whole = readFileSync(fixture(name), 'utf8')
  const wrapped = whole.startsWith('{\n "') || name.startsWith('jaeger') ? [whole] : []
  const lines: string[] = []
  for (const record of [...records, ...wrapped]) {
    for (const mutant of mutants(JSON.parse(record))) lines.push(JSON.stringify(mutant))
  }
  expect(lines.length).toBeGreaterThan(50)
  const read = await readContent(lines.join('\n'))
  expect(read.failure).toBeUndefined()
  expect(() => spansOf(read)).not.toThrow()
})

test('an id of the JavaScript SDK 1 and of 2, and a span that never ended', async () => {
  const base = {
    spanContext: { traceId: 'a'.repeat(32), spanId: '1'.repeat(16) },
    name: 'step',
    startTime: [1_780_000_000, 7],
    attributes: {},
  }
  const spans = spansOf(
    await readContent(
      [
        { ...base, parentSpanId: '2'.repeat(16), endTime: [0, 0], resource: { attributes: { 'service.name': 'one' } } },
        {
          ...base,
          parentSpanContext: { spanId: '3'.repeat(16) },
          endTime: [1_780_000_001, 0],
          status: { code: 2, message: 'no' },
        },
      ]
        .map(span => JSON.stringify(span))
        .join('\n'),
    ),
  )
  expect(spans).toMatchObject([
    { parentId: '2'.repeat(16), startTime: '1780000000000000007', application: 'one', marks: ['unfinished'] },
    { parentId: '3'.repeat(16), durationNs: '999999993', status: 'error', statusMessage: 'no' },
  ])
})

test.each([
  [{ status_code: 'StatusCode.OK' }, 'ok'],
  [{ status_code: 'STATUS_CODE_ERROR' }, 'error'],
  [{ code: 'UNSET' }, 'unset'],
  [{ code: 2 }, 'error'],
  ['ERROR', 'error'],
  [null, 'unset'],
])('a status written as %j', async (status, expected) => {
  const row = { trace_id: 't', span_id: 's', name: 'n', attributes: {}, status }
  expect(spansOf(await readContent(JSON.stringify(row)))).toMatchObject([{ status: expected }])
})

test('what the console exporter of the JavaScript SDK prints is no JSON, and says what to do', async () => {
  const printed =
    "{\n  resource: { attributes: { 'service.name': 'a' } },\n  traceId: '3f1fe6256ea46d19ec3ca97b3409ad6d',\n}\n"
  const { file } = await readContent(printed)
  expect(file?.unknown?.[1]).toMatch(/console exporter prints them, not JSON: export OTLP/)
})

test('Phoenix’s annotations apart from their spans are counted, with what is missing', async () => {
  const annotation = { name: 'quality', annotator_kind: 'LLM', result: { score: 1 }, span_id: '1'.repeat(16) }
  const file = await readContent(JSON.stringify({ data: [annotation, annotation], next_cursor: null }))
  expect(file.skipped).toEqual({ 'Phoenix annotations, which name a span but no trace': 2 })
})
