// Rows of no known format: what their fields are is guessed from names and values, said by a person, or remembered.

import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkImport } from '../../electron/import/check-import.ts'
import { createSpanReader } from '../../electron/import/reading.ts'
import { runImport, type ImportOptions } from '../../electron/import/run-import.ts'
import { unknownObjects } from '../../electron/import/unknown-record.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { listMappings } from '../../electron/store/mappings.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import type { FieldMapping } from '../../shared/domain/mapping.ts'
import type { Span } from '../../shared/domain/span.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { otlpSpan, request } from './helpers.ts'

beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

let files = 0
function file(...records: readonly object[]): string {
  const place = folder.file(`${++files}.jsonl`)
  writeFileSync(place, records.map(record => `${JSON.stringify(record)}\n`).join(''))
  return place
}

const newStore = () => openStore(folder.file(`${++files}.spanwise`), { create: true })

function spansOf(store: Store): Span[] {
  const reader = createSpanReader(store)
  const ids = store.db.prepare<[], { id: number }>('SELECT id FROM span ORDER BY id').all()
  return ids.map(({ id }) => reader.read(id)!)
}

async function read(records: readonly object[], options: ImportOptions = {}) {
  const store = newStore()
  const receipt = await runImport(store, [{ path: file(...records) }], options)
  const spans = spansOf(store)
  store.close()
  return { receipt, file: receipt.files[0]!, spans }
}

async function guessOf(...records: readonly object[]): Promise<FieldMapping | undefined> {
  return (await read(records)).file.unknownRows?.[0]?.mapping
}

const long = 'Where is my parcel? It was sent a week ago. '.repeat(8)
const gateway = (i: number) => ({
  requestId: `r-${i}`,
  createdAt: 1_780_000_000_000 + i,
  request: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: `${long}${i}` }] },
  reply: { text: `It arrives on day ${i}.` },
  usage: { promptTokens: 12, completionTokens: 3 },
  elapsedSeconds: 1.25,
  costUSD: 0.0001,
  env: 'prod',
})

test('rows of a log nobody knows become calls, marked as guessed, and read the same for ever', async () => {
  const { file: told, spans } = await read([gateway(1), gateway(2)])
  expect(told).toMatchObject({
    format: 'mapped',
    sure: 'guessed',
    spans: 2,
    calls: 2,
    inputTokens: 24,
    marks: { guessed: 2 },
  })
  expect(told.unknownRows).toMatchObject([
    {
      rows: 2,
      from: 'names and values',
      mapping: {
        fields: {
          traceId: 'requestId',
          startTime: 'createdAt',
          model: 'request.model',
          input: 'request.messages',
          inputTokens: 'usage.promptTokens',
          outputTokens: 'usage.completionTokens',
          environment: 'env',
          cost: 'costUSD',
        },
      },
    },
  ])
  expect(spans[0]).toMatchObject({
    kind: 'generation',
    model: 'gpt-4.1-mini',
    startTime: '1780000000001000000',
    usage: { input: 12, output: 3 },
    inputMessages: [{ role: 'user', parts: [{ type: 'text', text: `${long}1` }] }],
    marks: expect.arrayContaining(['guessed']),
    readBy: { model: 'request.model', inputMessages: 'request.messages', usage: 'usage.promptTokens' },
    attributes: gateway(1),
  })
})

test.each<[string, object, FieldMapping]>([
  [
    'a duration in seconds by its name',
    { model: 'm', latency_s: 2 },
    { fields: { model: 'model', duration: 'latency_s' }, durationUnit: 's' },
  ],
  [
    'a duration by its fraction',
    { model: 'm', elapsed: 0.731 },
    { fields: { model: 'model', duration: 'elapsed' }, durationUnit: 's' },
  ],
  [
    'a duration in milliseconds',
    { model: 'm', durationMs: 731 },
    { fields: { model: 'model', duration: 'durationMs' }, durationUnit: 'ms' },
  ],
  ['a model by its name alone', { which: 'claude-sonnet-4-5', x: 1 }, { fields: { model: 'which' } }],
  ['question and answer', { question: 'How?', answer: 'So.' }, { fields: { input: 'question', output: 'answer' } }],
  ['keys that hold dots', { 'llm.model.name': 'x', 'tokens.in': 3 }, { fields: { inputTokens: 'tokens.in' } }],
  ['no time where none stands', { model: 'm', timestamp: 'yesterday' }, { fields: { model: 'model' } }],
  [
    'the fourth level and no deeper',
    { a: { b: { c: { model: 'm' } } }, d: { e: { f: { g: { cost: 1 } } } } },
    { fields: { model: 'a.b.c.model' } },
  ],
  [
    'names that mean something to JavaScript',
    JSON.parse('{"__proto__": {"model": "m"}, "constructor": 1}') as object,
    { fields: { model: '__proto__.model' } },
  ],
])('it guesses %s', async (_, record, mapping) => {
  expect(await guessOf(record)).toEqual(mapping)
})

test('what tells of no call is not imported', async () => {
  const others = [
    { error: { message: 'no such trace' } },
    { data: null, errors: [{ message: 'bad query' }] },
    { name: 'my-app', version: '1.0.0', scripts: { build: 'x' }, dependencies: {} },
    { a: 1 },
    {},
  ]
  const { receipt } = await read(others)
  expect(receipt).toMatchObject({
    outcome: 'failed',
    totals: { spans: 0 },
    files: [{ failure: { code: 'import/error-response' } }],
  })
  expect(receipt.files[0]!.skipped).toEqual([
    { what: unknownObjects, count: 5, places: ['line 1', 'line 2', 'line 3', 'line 4', 'line 5'] },
  ])
})

test('each sort of rows has its own mapping, and known records beside them stay what they are', async () => {
  const other = { who: 'ann', prompt: 'Hello', completion: 'Hi', took_ms: 5 }
  const records = [request(otlpSpan()), gateway(1), other, gateway(2), request(otlpSpan()), other, other]
  const { file: told } = await read(records)
  expect(told.formats).toEqual({ 'otlp-json': 2, mapped: 5 })
  expect(told.unknownRows?.map(({ rows, mapping }) => [rows, mapping.fields.input])).toEqual([
    [3, 'prompt'],
    [2, 'request.messages'],
  ])
})

test('rows past the first two hundred are read as those before them were', async () => {
  const { file: told, spans } = await read(Array.from({ length: 450 }, (_, i) => gateway(i)))
  expect(told).toMatchObject({ spans: 450, calls: 450, unknownRows: [{ rows: 450 }] })
  expect(told.unknownRows![0]!.fields.find(({ path }) => path === 'env')).toEqual({
    path: 'env',
    rows: 200,
    examples: ['prod'],
  })
  expect(new Set(spans.map(span => JSON.stringify(span.attributes))).size).toBe(450)
})

test('what a person says is used, remembered, and used again until it is forgotten', async () => {
  const store = newStore()
  const records = [{ q: 'How?', a: 'So.', m: 'small', n: 7 }]
  expect((await runImport(store, [{ path: file(...records) }])).totals.spans).toBe(0)
  const mapping: FieldMapping = { fields: { input: 'q', output: 'a', model: 'm', duration: 'n' }, durationUnit: 's' }
  const tried = await checkImport(store, [{ path: file(...records) }], { mapping })
  expect(tried.receipt.totals.spans).toBe(1)
  expect(await listMappings(store)).toEqual([])

  const given = await runImport(store, [{ path: file(...records) }], { mapping })
  expect(given.files[0]!.unknownRows).toMatchObject([{ from: 'given', mapping }])
  expect(given.files[0]!.unknownRows![0]).not.toHaveProperty('absent')
  expect(given.files[0]!.marks, 'what a person said is no guess').not.toHaveProperty('guessed')
  expect(spansOf(store)[0]).toMatchObject({ model: 'small', durationNs: '7000000000' })
  expect(await listMappings(store)).toMatchObject([
    { fingerprint: given.files[0]!.unknownRows![0]!.fingerprint, mapping },
  ])

  const again = await runImport(store, [{ path: file({ ...records[0]!, q: 'And?' }) }])
  expect(again.files[0]!.unknownRows).toMatchObject([{ from: 'remembered', mapping }])
  expect(spansOf(store).flatMap(({ marks }) => marks)).not.toContain('guessed')
  store.close()
})

test('what a mapping names and no row has is told, with the name that is nearest', async () => {
  const mapping: FieldMapping = {
    fields: { model: 'request.modle', input: 'request.messages', cost: 'cost_usd', name: 'zebra' },
  }
  const { file: told } = await read([gateway(1)], { mapping })
  expect(told.unknownRows).toMatchObject([
    {
      from: 'given',
      absent: [
        { path: 'request.modle', nearest: 'request.model' },
        { path: 'cost_usd', nearest: 'costUSD' },
        { path: 'zebra' },
      ],
    },
  ])
  const { file: other } = await read([gateway(1)], { mapping: { fields: { model: 'modell' } } })
  expect(other.unknownRows).toMatchObject([
    { from: 'names and values', absent: [{ path: 'modell', nearest: 'request.model' }] },
  ])
})

test('the same rows again add nothing, and a dry run says what the import says', async () => {
  const store = newStore()
  const path = file(gateway(1), gateway(2), { error: 'odd' })
  const { receipt } = await checkImport(store, [{ path }])
  const first = await runImport(store, [{ path }])
  expect(receipt.files).toEqual(first.files)
  expect((await runImport(store, [{ path }])).totals).toMatchObject({ added: 0, known: 2 })
  store.close()
})

test('rows that an object stands around are read as though each stood on a line', async () => {
  const alone = await read([gateway(1), gateway(2), gateway(3)])
  for (const around of [
    { page: 1, next: null },
    { object: 'list', meta: { total: 3, took: 0.2 } },
  ]) {
    const { file: told, spans } = await read([{ ...around, data: [gateway(1), gateway(2), gateway(3)] }])
    expect(told).toMatchObject({ spans: 3, calls: 3, sure: 'guessed' })
    expect(spans.map(({ inputMessages }) => inputMessages)).toEqual(
      alone.spans.map(({ inputMessages }) => inputMessages),
    )
    expect(told.unknownRows?.[0]?.mapping).toEqual(alone.file.unknownRows?.[0]?.mapping)
  }
})

test('a list inside a row is no reason to take the row apart', async () => {
  const row = { ...gateway(1), events: [{ at: 1 }, { at: 2 }] }
  expect((await read([row, row])).file).toMatchObject({ spans: 2 })
})

test('rows of a known format in a list are of that format', async () => {
  const row = { trace_id: 't', span_id: 's', model_name: 'm', input_tokens: 3 }
  const { file: told } = await read([{ results: [row, { ...row, span_id: 's2' }], count: 2 }])
  expect(told).toMatchObject({ format: 'flat', spans: 2, inputTokens: 6 })
})

test('a mapping that lies among the dumps is told for what it is, and is no call', async () => {
  const mapping = { fields: { startTime: 'createdAt', model: 'request.model' }, durationUnit: 's' }
  // Which looks like a request to a model.
  const texts = { fields: { model: 'engine', input: 'question', output: 'reply', inputTokens: 'tok_in' } }
  for (const one of [mapping, texts]) {
    const { file: told, spans } = await read([one])
    expect(spans).toEqual([])
    expect(told.failure).toMatchObject({ code: 'import/mapping', message: expect.stringContaining('--mapping') })
    expect(told.skipped).toEqual([])
  }
})
