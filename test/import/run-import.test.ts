import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSpanReader } from '../../electron/import/reading.ts'
import { giveBackParser, takeParser } from '../../electron/import/parser-worker.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import type { Span } from '../../shared/domain/span.ts'
import { otlpSpan, request, row } from './helpers.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

let store: Store
let number = 0
beforeEach(() => {
  store = openStore(path.join(folder, `${++number}.spanwise`), { create: true })
})
afterEach(() => store.close())

function file(name: string, ...records: readonly (object | string)[]): string {
  const place = path.join(folder, name)
  const lines = records.map(record => (typeof record === 'string' ? record : JSON.stringify(record)))
  writeFileSync(place, lines.join('\n'))
  return place
}

const start = (...paths: string[]) =>
  runImport(
    store,
    paths.map(place => ({ path: place })),
  )

function spans(): Span[] {
  const reader = createSpanReader(store)
  const ids = store.db.prepare<[], { id: number }>('SELECT id FROM span ORDER BY id').all()
  return ids.map(({ id }) => reader.read(id)!)
}

const long = 'long text '.repeat(50)
const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'm',
  'gen_ai.usage.input_tokens': 5,
  text: long,
}

test('a file is read into the store, and its receipt says what it was', async () => {
  const metrics = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{}] }] }] }
  const receipt = await start(file('a', request(otlpSpan({ attributes: call }), otlpSpan()), metrics, 'broken'))
  expect(receipt).toMatchObject({
    outcome: 'complete',
    totals: { traces: 1, spans: 2, calls: 1, inputTokens: 5, added: 2, known: 0, unreadable: 1 },
    files: [
      {
        format: 'otlp-json',
        conventions: { 'otel-genai': 1 },
        kinds: { generation: 1, other: 1 },
        unreadable: [{ line: 3, code: 'import/not-json' }],
        skipped: [{ what: 'OTLP metrics', count: 1 }],
      },
    ],
  })
  expect(spans()[0]!.attributes).toMatchObject(call)
})

test('reading a file again adds nothing, however it is called and packed', async () => {
  const records = [request(otlpSpan({ attributes: call })), row(long), { trace_id: 't', model_name: 'm', note: long }]
  const first = await start(file('first', ...records))
  const before = spans()
  const pretty = file('pretty', ...records.map(record => JSON.stringify(record, null, 2)))
  const packed = path.join(folder, 'packed')
  writeFileSync(packed, gzipSync(records.map(record => JSON.stringify(record)).join('\n')))
  for (const place of [path.join(folder, 'first'), pretty, packed]) {
    const again = await start(place)
    expect(again.totals).toEqual({ ...first.totals, added: 0, known: 3 })
  }
  expect(spans()).toEqual(before)
})

test('a file that comes twice in one import adds nothing either, whether its records have ids or not', async () => {
  const plain = { model: 'gpt-4.1', prompt: 'Where is my parcel?', completion: 'On its way.', latency_ms: 512 }
  const lines = [plain, plain, { ...plain, prompt: 'And now?' }]
  const once = file('once.jsonl', ...lines)
  const again = path.join(folder, 'again.jsonl.gz')
  writeFileSync(again, gzipSync(lines.map(line => JSON.stringify(line)).join('\n')))
  const { files, totals } = await start(once, again, once)
  expect(files.map(({ added, known }) => [added, known])).toEqual([
    [3, 0],
    [0, 3],
    [0, 3],
  ])
  expect(totals.spans).toBe(3)
  expect(spans()).toHaveLength(3)
})

test('one span exported three times is one span', async () => {
  const record = request(otlpSpan({ attributes: call }))
  const receipt = await start(file('thrice', record, record, record))
  expect(receipt).toMatchObject({
    totals: { spans: 1, calls: 1, inputTokens: 5 },
    files: [{ conventions: { 'otel-genai': 1 }, kinds: { generation: 1 } }],
  })
})

test('different records of one span are merged field by field', async () => {
  const ids = { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16) }
  const pending = { ...ids, endTimeUnixNano: undefined, status: {}, attributes: { a: 1, kept: 'x', text: long } }
  const done = { ...ids, status: { code: 1 }, attributes: { a: 2, kept: null, new: true } }
  for (const order of [
    [pending, done],
    [done, pending],
  ]) {
    store.close()
    store = openStore(path.join(folder, `${++number}.spanwise`), { create: true })
    await start(file('merge', ...order.map(fields => request(otlpSpan(fields)))))
    const [span, ...others] = spans()
    expect(others).toEqual([])
    expect(span).toMatchObject({
      status: 'ok',
      attributes: { a: 2, kept: 'x', new: true, text: long },
      marks: ['merged', 'conflict'],
    })
    const row = store.db.prepare<[], { dur: number | null; status: number }>('SELECT dur, status FROM span').get()!
    expect(row.dur).not.toBeNull()
    expect(createSpanReader(store).raw(1)).toHaveLength(2)
  }
})

test('the raw record is what the file said, on several lines', async () => {
  const span = otlpSpan({ attributes: call, odd: 1 })
  await start(file('raw', JSON.stringify(request(span)).replace('"odd":1', '"odd":12345678901234567890')))
  const [raw] = createSpanReader(store).raw(1)
  expect(raw).toMatchObject({ format: 'otlp-json', file: path.join(folder, 'raw'), place: 1 })
  expect(raw!.record).toBe(JSON.stringify(span, null, 2).replace('"odd": 1', '"odd": 12345678901234567890'))
})

test('marks of the text survive', async () => {
  const nested = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`
  await start(file('deep', `{"trace_id":"t","span_id":"s","model_name":"m","x":${nested}}`))
  expect(spans()[0]!.marks).toContain('deep')
})

test('files that cannot be read are told one by one, the others are read', async () => {
  mkdirSync(path.join(folder, 'empty folder'))
  const receipt = await start(
    path.join(folder, 'missing'),
    file('empty'),
    file('blank', ' ', '', '\t'),
    file('junk', 'not', 'json'),
    file('error', { data: null, errors: [{ message: 'no such trace' }] }),
    file('good', row(1)),
  )
  expect(receipt.files.map(({ failure }) => failure?.code)).toEqual([
    'import/missing',
    'import/empty',
    'import/empty',
    'import/unrecognised',
    'import/error-response',
    undefined,
  ])
  expect(receipt.files[4]!.failure!.message).toContain('no such trace')
  expect(receipt).toMatchObject({ outcome: 'complete', totals: { spans: 1, unreadable: 2 } })
})

test('when nothing can be read the import has failed', async () => {
  expect(await start(path.join(folder, 'missing'))).toMatchObject({ outcome: 'failed', totals: { spans: 0 } })
})

test('bytes that are sent are read like a file', async () => {
  const pieces = JSON.stringify(row(long))
    .match(/.{1,7}/g)!
    .map(piece => Buffer.from(piece))
  const receipt = await runImport(store, [{ path: 'sent.jsonl', next: () => Promise.resolve(pieces.shift()) }])
  expect(receipt).toMatchObject({ files: [{ path: 'sent.jsonl' }], totals: { spans: 1 } })
})

test('a sender who goes away costs what was not sent', async () => {
  let asked = 0
  const next = () =>
    asked++ === 0 ? Promise.resolve(Buffer.from(`${JSON.stringify(row(1))}\n`)) : Promise.reject(new Error('gone'))
  const receipt = await runImport(store, [{ path: 'sent', next }])
  expect(receipt.files[0]!.failure?.code).toBe('import/cut-short')
})

/** The parser that waits for the next import, which it goes on to wait for; or a new one. */
function waitingParser(): number {
  const parser = takeParser(undefined)
  giveBackParser(parser)
  return parser.threadId
}

test('a parser that read to the end serves the next import, and one that did not serves none', async () => {
  await start(file('one', { ...row('one'), span_id: 'one' }))
  const parser = waitingParser()
  expect(parser).toBeGreaterThan(0)
  const { totals } = await start(file('two', { ...row('two'), span_id: 'two' }, '{broken'))
  expect(totals).toMatchObject({ spans: 1, added: 1, unreadable: 1 })
  expect(waitingParser()).toBe(parser)
  expect(spans().map(({ id }) => id)).toEqual(['one', 'two'])
  const gone = () => Promise.reject(new Error('gone'))
  expect((await runImport(store, [{ path: 'sent', next: gone }])).outcome).toBe('failed')
  expect(waitingParser()).not.toBe(parser)
})

test('a parser that ends while it waits is not waited for', async () => {
  await start(file('one', row('one')))
  const parser = takeParser(undefined)
  giveBackParser(parser)
  await parser.terminate()
  expect((await start(file('two', row('two')))).outcome).toBe('complete')
})

test('a parser that has waited for long is not given to an import while it ends', async () => {
  await start(file('one', row('one')))
  const parser = takeParser(undefined)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    giveBackParser(parser)
    vi.advanceTimersByTime(30_000)
    const next = takeParser(undefined)
    expect(next).not.toBe(parser)
    await next.terminate()
  } finally {
    vi.useRealTimers()
  }
})

test('a cancelled import keeps what was committed and is partial', async () => {
  const stop = new AbortController()
  const rows = Array.from({ length: 40_000 }, (_, i) => JSON.stringify({ ...row(`${long}${i}`), span_id: `s${i}` }))
  const seen: ImportProgress[] = []
  const receipt = await runImport(store, [{ path: file('large', ...rows) }], {
    signal: stop.signal,
    progress: progress => {
      seen.push(progress)
      if (progress.spans > 0) stop.abort()
    },
  })
  expect(receipt.outcome).toBe('partial')
  expect(receipt.totals.spans).toBeGreaterThan(0)
  expect(receipt.totals.spans).toBeLessThan(40_000)
  expect(seen[0]).toMatchObject({ phase: 'reading', file: 'large', fileIndex: 0, fileCount: 1, spans: 0 })
  const rest = await start(path.join(folder, 'large'))
  expect(rest).toMatchObject({ outcome: 'complete', totals: { spans: 40_000, known: receipt.totals.spans } })
})

test('a parser that runs out of memory ends the import as partial, says what to do, and leaves a whole store', async () => {
  const before = file('before', row('first'))
  // Names are numbered as long as the import lasts: 40 MB of them.
  const names = Array.from({ length: 40_000 }, (_, i) => ({
    ...row(1),
    span_id: `s${i}`,
    name: `${i} ${'n'.repeat(1000)}`,
  }))
  const eater = file('eater', ...names)
  const after = file('after', { ...row('last'), span_id: 'after' })
  const receipt = await runImport(store, [{ path: before }, { path: eater }, { path: after }], { parserHeap: 28 })
  expect(receipt.outcome).toBe('partial')
  expect(receipt.files[1]!.failure).toMatchObject({
    code: 'import/crashed',
    message: expect.stringMatching(/more memory .* import the file again/) as string,
  })
  expect(receipt.totals.spans).toBeGreaterThan(1000)
  expect(receipt.totals.added).toBe(Number(store.db.prepare('SELECT count(*) FROM span').pluck().get()))
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect((await start(before, after)).totals).toMatchObject({ known: 1, added: 1 })
}, 60_000)

test('of very many contexts the earlier are forgotten, and known again when they come back', async () => {
  const lines = Array.from({ length: 10_500 }, (_, i) => ({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'call', value: { intValue: i } }] },
        scopeSpans: [{ spans: [otlpSpan({ spanId: `c${i}` })] }],
      },
    ],
  }))
  const again = {
    ...lines[0]!.resourceSpans[0]!,
    scopeSpans: [{ spans: [otlpSpan({ spanId: 'late', name: 'late' })] }],
  }
  const place = file('contexts', ...lines, { resourceSpans: [again] })
  expect((await start(place)).totals).toMatchObject({ spans: 10_501, added: 10_501 })
  const read = spans()
  expect(read[0]!.resource).toEqual({ call: 0 })
  expect(read[10_400]!.resource).toEqual({ call: 10_400 })
  expect(read.at(-1)).toMatchObject({ name: 'late', resource: { call: 0 } })
  expect(store.db.prepare('SELECT count(*) FROM context').pluck().get()).toBe(10_500)
  expect((await start(place)).totals).toMatchObject({ known: 10_501, added: 0 })
}, 60_000)
