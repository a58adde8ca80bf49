import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { printCell } from '../../shared/format/csv-cell.ts'
import { exportStore } from '../../electron/export/export.ts'
import { createSpanReader } from '../../electron/import/reading.ts'
import type { Store } from '../../electron/store/open.ts'
import type { Span } from '../../shared/domain/span.ts'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture } from '../helpers/fixtures.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { exported, importAll, newStore, textOf } from './helpers.ts'

const dump = fixture('openllmetry/two-workflows.jsonl')

function spansOf(store: Store): Map<string, Span> {
  const reader = createSpanReader(store)
  const ids = store.db.prepare<[], number>('SELECT id FROM span ORDER BY id').pluck().all()
  return new Map(ids.map(id => [reader.read(id)!.id, reader.read(id)!]))
}

/** What an export must not lose of a span. */
function meaning({
  kind,
  status,
  startTime,
  endTime,
  model,
  provider,
  usage,
  recordedCost,
  session,
  user,
}: Span): object {
  return { kind, status, startTime, endTime, model, provider, usage, recordedCost, session, user }
}

test.skipIf(corpusIsMissing)(
  'OTLP lines of all dumps together open again with the same figures',
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder()
    const first = newStore(folder, 'first')
    const second = newStore(folder, 'second')
    await importAll(first, ...claimed.map(corpusFile))
    const { totals } = await importAll(second, exported(folder, first, 'otlp'))
    expect(totals.unreadable).toBe(0)
    expect(figures(second)).toEqual(figures(first))
    first.close()
    second.close()
  },
)

function figures(store: Store): unknown {
  return store.db
    .prepare('SELECT count(*) AS traces, sum(spans), sum(calls), sum(errors), sum(input), sum(output) FROM trace')
    .get()
}

/** The spans of the dump, and what is read of them as they were exported. */
async function through(format: 'otlp' | 'flat', file = dump) {
  using folder = temporaryFolder()
  const first = newStore(folder, 'first')
  const second = newStore(folder, 'second')
  await importAll(first, file)
  await importAll(second, exported(folder, first, format))
  const spans = [spansOf(first), spansOf(second)] as const
  first.close()
  second.close()
  return spans
}

test('a span in OTLP lines says all that its record said', async () => {
  const [was, is] = await through('otlp')
  for (const [id, span] of was) expect(is.get(id), span.name).toEqual(span)
})

test.for(['otlp', 'flat'] as const)('a replay stays one in %s', async format => {
  const [was, is] = await through(format, fixture('replay/answers.jsonl'))
  expect(was.size).toBe(3)
  for (const [id, span] of was) {
    expect(is.get(id)?.marks).toContain('replayed')
    expect(meaning(is.get(id)!)).toEqual(meaning(span))
    const { name, version } = span.prompt ?? {}
    expect(is.get(id)?.prompt ?? {}).toMatchObject(name === undefined ? {} : { name, version })
  }
})

test('OTLP lines are as the standard has them: kinds are numbers, and no attribute stands twice', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const span = {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'GET /',
    kind: 'SPAN_KIND_SERVER',
    trace_state: 'a=b',
    flags: 257,
    startTimeUnixNano: 1,
    endTimeUnixNano: 2,
  }
  const log = { traceId: span.traceId, spanId: span.spanId, eventName: 'gen_ai.user.message', body: {} }
  const row = { trace_id: 't', span_id: 's', model_name: 'm', 'gen_ai.request.model': 'm2', 'spanwise.span_id': 'x' }
  const lines = [
    { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] },
    { resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] },
    row,
  ]
  const file = folder.file('mixed.jsonl')
  writeFileSync(file, lines.map(line => JSON.stringify(line)).join('\n'))
  await importAll(store, file)
  const spans = textOf(store, 'otlp')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0])
  store.close()
  expect(spans[0]).toMatchObject({ kind: 2, traceState: 'a=b', flags: 257 })
  const keys = spans[1].attributes.map(({ key }: { key: string }) => key)
  expect(keys).toContain('gen_ai.request.model')
  expect(new Set(keys).size).toBe(keys.length)
})

test('a bundle counts spans, whatever many records say of them', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const file = folder.file('twice.jsonl')
  const rows = [{ status: 'running' }, { status: 'ok' }].map(one => ({
    trace_id: 't',
    span_id: 's',
    model_name: 'm',
    ...one,
  }))
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importAll(store, file)
  const pieces = [...exportStore(store, 'bundle')]
  store.close()
  expect(pieces.map(({ spans }) => spans)).toEqual([1])
})

test('flat rows keep kind, times, model, usage and texts', async () => {
  const [was, is] = await through('flat')
  expect(is.size).toBe(was.size)
  for (const [id, span] of was) {
    const row = is.get(id)!
    expect(meaning(row)).toEqual({ ...meaning(span), recordedCost: undefined })
    expect(row.inputMessages?.length).toBe(span.inputMessages?.length)
    expect(row.outputMessages?.[0]?.parts[0]).toEqual(span.outputMessages?.[0]?.parts[0])
  }
})

test.skipIf(corpusIsMissing)(
  'flat rows of all dumps together open again: as many spans and calls, and none by a guess',
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder()
    const first = newStore(folder, 'first')
    const second = newStore(folder, 'second')
    const { totals: was } = await importAll(first, ...claimed.map(corpusFile))
    const { totals: is, files } = await importAll(second, exported(folder, first, 'flat'))
    expect(files[0]!.formats).toEqual({ flat: was.spans })
    expect(is).toMatchObject({ spans: was.spans, calls: was.calls, unreadable: 0 })
    first.close()
    second.close()
  },
)

test('CSV has a row for each span, or for each call, and no formula', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const rows = [
    {
      trace_id: 't',
      span_id: '1',
      name: '=cmd|"/c calc"!A1',
      model_name: '+m',
      input_tokens: 7,
      cost_usd: 0.5,
      latency_ms: 1.25,
    },
    { trace_id: 't', span_id: '2', parent_span_id: '1', name: 'a "quoted",\nname', latency_ms: 3 },
  ]
  const file = folder.file('rows.jsonl')
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importAll(store, file)
  const spans = textOf(store, 'spans').split('\r\n')
  expect(spans).toHaveLength(4)
  expect(spans[1]).toContain(`"t","1",,"'=cmd|""/c calc""!A1","generation"`)
  expect(spans[1]).toContain(`,0.00125,,"'+m",7,`)
  expect(spans[2]).toContain('"a ""quoted"",\nname"')
  const calls = textOf(store, 'calls').split('\r\n')
  expect(calls).toHaveLength(3)
  store.close()
})

test('CSV has what the file said a call cost and what is computed in columns of their own', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const rows = [
    { trace_id: 't', span_id: '1', model_name: 'gpt-4o', provider: 'openai', input_tokens: 1000, output_tokens: 0 },
    { trace_id: 't', span_id: '2', model_name: 'nobody-knows', input_tokens: 7, output_tokens: 1, cost_usd: 0.5 },
  ]
  const file = folder.file('rows.jsonl')
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importAll(store, file)
  for (const table of ['spans', 'calls'] as const) {
    const [head, ...lines] = textOf(store, table).split('\r\n')
    const at = head!.split(',').indexOf('"recorded_cost_usd"')
    expect(head!.split(',')[at + 1]).toBe('"computed_cost_usd"')
    expect(lines.slice(0, 2).map(line => line.split(',').slice(at, at + 2))).toEqual([
      ['', '0.0025'],
      ['0.5', ''],
    ])
  }
  store.close()
})

test.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])('%j is no formula in a cell', text => {
  expect(printCell(text)).toBe(`"'${text}"`)
})

test('numbers stay numbers, negative ones too', () => {
  expect([printCell(-1.5), printCell({ digits: '-0.10' }), printCell(undefined)]).toEqual(['-1.5', '-0.10', ''])
})
