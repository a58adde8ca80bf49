import { expect, test } from 'vitest'
import { readContent, spansOf } from './helpers.ts'

const read = (...rows: readonly object[]) => readContent(rows.map(one => JSON.stringify(one)).join('\n'))
const base = { trace_id: 't', span_id: 's', model_name: 'gpt-4.1' }

test('a row is a span under its own names', async () => {
  const written = { ...base, parent_span_id: 'p', latency_ms: 2380, status: 'success', extra: { nested: true } }
  const [span] = spansOf(await read(written))
  expect(span).toMatchObject({ id: 's', parentId: 'p', kind: 'generation', status: 'ok', durationNs: '2380000000' })
  expect(span!.attributes).toEqual(written)
})

test('without a time a row is undated, and no time is invented', async () => {
  const file = await read({ ...base, latency_ms: '12.5' }, { ...base, span_id: 'n', latency_ms: -5 })
  expect(file.records.map(({ marks }) => marks)).toEqual([['undated'], ['negative-duration', 'undated']])
  const [first] = spansOf(file)
  expect(first!.startTime).toBeUndefined()
  expect(first!.durationNs).toBe('12500000')
})

test('times under any name and in any unit', async () => {
  const times = [
    { timestamp: '2026-06-05T10:00:00Z' },
    { ts: 1780653600 },
    { created_at: 1780653600000.25 },
    { start_time: '2026-06-05 10:00:00' },
  ]
  const file = await read(...times.map((time, i) => ({ ...base, span_id: `s${i}`, ...time })))
  expect(spansOf(file).map(({ startTime }) => startTime)).toEqual([
    '1780653600000000000',
    '1780653600000000000',
    '1780653600000250000',
    '1780653600000000000',
  ])
  expect(file.records.map(({ marks }) => marks.includes('no-zone'))).toEqual([false, false, false, true])
})

test('a ULID dates a row, marked', async () => {
  const file = await read({ ...base, trace_id: 'tr_01JZZZZZZZ0123456789ABCDEF' }, { ...base, trace_id: 'tr_01HZ...' })
  expect(
    file.records.map(({ marks }) => marks.filter(mark => mark.endsWith('ed') || mark.startsWith('inferred'))),
  ).toEqual([['unfinished', 'inferred-time'], ['undated']])
  expect(Number(spansOf(file)[0]!.startTime)).toBeGreaterThan(1.7e18)
})

test('status words', async () => {
  const words = ['success', 'ok', 'SUCCESS', 'error', 'Failed', 'failure', 'timeout', 'degraded_quality', null, '']
  const file = await read(...words.map((status, i) => ({ ...base, span_id: `s${i}`, status })))
  expect(spansOf(file).map(({ status }) => status)).toEqual([
    'ok',
    'ok',
    'ok',
    'error',
    'error',
    'error',
    'error',
    'ok',
    'unset',
    'unset',
  ])
})

test('rows without a span id are one span each, the same in every import', async () => {
  const rows = [
    { trace_id: 't', model_name: 'm', n: 1 },
    { trace_id: 't', model_name: 'm', n: 2 },
    { trace_id: 't', model_name: 'm', n: 1 },
  ]
  const ids = spansOf(await read(...rows)).map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
  expect(spansOf(await read(...rows)).map(({ id }) => id)).toEqual(ids)
  expect(spansOf(await read(rows[1]!)).map(({ id }) => id)).toEqual([ids[1]])
})

test('a row without a trace is a trace of its own', async () => {
  const file = await read({ ...base, trace_id: null }, { ...base, trace_id: '', span_id: 'x' })
  expect(new Set(file.records.map(({ traceId }) => traceId)).size).toBe(2)
})

test.each<[string, object]>([
  ['a LangSmith run', { trace_id: 't', id: 'x', run_type: 'llm', dotted_order: '1', latency_ms: 1 }],
  ['a span with attributes', { trace_id: 't', span_id: 's', attributes: {}, latency_ms: 1 }],
  ['a bare chat completion', { id: 'c', object: 'chat.completion', model: 'gpt' }],
  ['an event', { event: 'run_start', run_id: '1', timestamp: '2026-01-18T16:35:45.665526' }],
])('%s is not a flat row', async (_what, value) => {
  const file = await read(value)
  expect(file.records.filter(({ format }) => format === 'flat')).toEqual([])
})
