import { expect, test } from 'vitest'
import { describeStore, digest } from '../../electron/store/digest.ts'
import { KeptReader } from '../../electron/store/kept.ts'
import { listTraceRows, listTraces, findTrace } from '../../electron/store/trace-list.ts'
import { readTree } from '../../electron/store/trace-tree.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import { spanKinds } from '../../shared/domain/kind.ts'
import { bitsToMarks } from '../../shared/domain/marks.ts'
import { Parser, reread } from './batches.ts'
import type { Said } from './batches.ts'
import { freshStore, importFile } from './stores.ts'

const ms = 1_000_000n
const at = (millis: number) => 1_731_412_345_000_000_000n + BigInt(millis) * ms
const long = (text: string) => text.padEnd(200, text)

const answer: Said[] = [
  { trace: 't1', id: 'search', parent: 'root', kind: 'tool', status: 'error', start: at(400), duration: 300n * ms },
  {
    trace: 't1',
    id: 'root',
    name: 'answer',
    kind: 'agent',
    start: at(0),
    duration: 900n * ms,
    session: 's1',
    call: { input: 10, output: 5 },
  },
  {
    trace: 't1',
    id: 'llm',
    parent: 'root',
    start: at(20),
    duration: 100n * ms,
    call: { model: 'm', responseId: 'r1', input: 10, output: 5, cost: 1500 },
    texts: [long('hello ')],
    scores: [{ name: 'good', value: 0.5 }],
  },
  { trace: 't1', id: 'lost', parent: 'gone', start: at(10) },
]

test('a trace comes out in reading order, with totals over calls counted once', () => {
  using store = freshStore()
  const { totals, files } = importFile(store, answer)
  expect(totals).toMatchObject({ traces: 1, spans: 4, calls: 1, inputTokens: 10, outputTokens: 5, added: 4, known: 0 })
  expect(files).toMatchObject([totals])

  const { total, rows } = listTraces(store, { sort: 'start', descending: true, offset: 0, limit: 10 })
  expect(total).toBe(1)
  expect(rows[0]).toMatchObject({
    traceId: 't1',
    name: 'answer',
    spans: 4,
    calls: 1,
    errors: 1,
    tools: 1,
    input: 10,
    output: 5,
    cost: 1500,
    uncosted: 0,
    session: 's1',
    growing: false,
    duration: 900_000,
  })
  const tree = readTree(store, rows[0]!.id)!
  expect([...tree.name].map(i => tree.strings[i])).toEqual(['answer', 'llm', 'search', 'lost'])
  expect([...tree.last]).toEqual([2, 1, 2, 3])
  expect([...tree.depth]).toEqual([0, 1, 1, 0])
  expect([...tree.offset]).toEqual([0, 20_000, 400_000, 10_000])
  expect([...tree.duration]).toEqual([900_000, 100_000, 300_000, Number.NaN])
  expect([...tree.counted]).toEqual([0, 1, 0, 0])
  expect([...tree.marks].map(bitsToMarks)).toEqual([['restated'], [], [], ['orphan']])
  expect(spanKinds[tree.kind[1]!]).toBe('generation')
  expect(tree.strings[tree.model[1]!]).toBe('m')

  const [record] = new KeptReader(store).read(tree.id[1]!)
  expect(record).toMatchObject({ format: 'test', file: '/dumps/a.jsonl', place: 3, context: '{"resource":"here"}' })
  expect(JSON.parse(record!.record)).toMatchObject({ id: 'llm', text: long('hello ') })
})

test('importing a file again adds nothing, however it is cut', () => {
  using store = freshStore()
  importFile(store, answer)
  const before = digest(store)
  const again = importFile(store, answer, { batch: 1, cut: true })
  expect(again.totals).toMatchObject({ traces: 1, spans: 4, calls: 1, inputTokens: 10, added: 0, known: 4 })
  expect(digest(store)).toBe(before)
  expect(store.db.prepare('SELECT sum(n) FROM body_block').pluck().get()).toBe(1)
})

test('thousands of spans are counted to the last', () => {
  using store = freshStore()
  const many: Said[] = Array.from({ length: 5000 }, (_, i) => ({
    trace: `t${i % 300}`,
    id: `${i}`,
    call: { input: 1 },
  }))
  expect(importFile(store, many).totals).toMatchObject({ traces: 300, spans: 5000, calls: 5000, added: 5000, known: 0 })
  expect(importFile(store, many).totals).toMatchObject({
    traces: 300,
    spans: 5000,
    calls: 5000,
    inputTokens: 5000,
    added: 0,
    known: 5000,
  })
})

test('the cut into batches and transactions does not show', () => {
  using whole = freshStore()
  using parts = freshStore()
  using reversed = freshStore()
  const many = Array.from({ length: 40 }, (_, i) =>
    answer.map(said => ({
      ...said,
      trace: `t${i % 7}`,
      id: said.id + (i >> 3),
      ...(said.parent ? { parent: said.parent + (i >> 3) } : {}),
    })),
  ).flat()
  importFile(whole, many)
  importFile(parts, many, { batch: 3, cut: true })
  expect([...describeStore(parts)]).toEqual([...describeStore(whole)])
  expect(parts.db.prepare('SELECT count(*) FROM trace WHERE dirty').pluck().get()).toBe(0)
  expect(digest(parts)).toBe(digest(whole))
  importFile(reversed, many.toReversed())
  expect(digest(reversed)).not.toBe(digest(whole))
})

test('times are exact to the nanosecond, before 1970 too', () => {
  using store = freshStore()
  importFile(store, [
    { trace: 'new', id: 'a', start: 1_731_412_345_678_901_234n, duration: 1_000_000_007n },
    { trace: 'old', id: 'b', start: -1_234_567_891n, duration: -5n },
    { trace: 'open', id: 'c', start: 7n },
    { trace: 'undated', id: 'd' },
  ])
  const { rows } = listTraceRows(store, { sort: 'start', descending: false, offset: 0, limit: 10 })
  expect(rows.map(row => [row.traceId, row.startTime, row.durationNs])).toEqual([
    ['old', '-1234567891', '0'],
    ['open', '7', undefined],
    ['new', '1731412345678901234', '1000000007'],
    ['undated', undefined, undefined],
  ])
  const tree = readTree(store, findTrace(store, 'old')!)!
  expect([...tree.duration]).toEqual([-0.005])
})

test('a span that says something new is read from all its records', () => {
  using store = freshStore()
  const done: Said = {
    trace: 't1',
    id: 'lost',
    parent: 'root',
    name: 'found',
    start: at(10),
    duration: 5n * ms,
    call: { input: 1, output: 2 },
    scores: [{ name: 'late', value: 1 }],
  }
  importFile(store, answer)
  const second = importFile(store, [done, done])
  expect(second.totals).toMatchObject({ spans: 1, added: 0, known: 1, calls: 1, inputTokens: 1 })
  const tree = readTree(store, findTrace(store, 't1')!)!
  expect([...tree.name].map(i => tree.strings[i])).toEqual(['answer', 'found', 'llm', 'search'])
  expect(bitsToMarks(tree.marks[1]!)).toEqual(['merged'])
  expect(new KeptReader(store).read(tree.id[1]!).map(record => JSON.parse(record.record).name)).toEqual([
    undefined,
    'found',
  ])
  expect(importFile(store, [answer[3]!, done]).totals).toMatchObject({ spans: 1, added: 0, known: 1 })
  expect(store.db.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(1)
})

test('a merge within one transaction gives the same as one over two imports', () => {
  using once = freshStore()
  using twice = freshStore()
  const late = answer.map(said => ({ ...said, name: `${said.id} late` }))
  importFile(
    once,
    [...answer, ...late].map((said, i) => ({ ...said, line: i })),
  )
  importFile(
    twice,
    answer.map((said, i) => ({ ...said, line: i })),
    { batch: 1, cut: true },
  )
  importFile(
    twice,
    late.map((said, i) => ({ ...said, line: i + 4 })),
  )
  expect([...describeStore(twice)]).toEqual([...describeStore(once)])
})

test('a trace can be opened while its import runs', () => {
  using store = freshStore()
  const writer = new StoreWriter(store, { reread, spansPerTransaction: 1 })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: 'a', bytes: 0 }])
  writer.beginFile(0)
  writer.write(parser.batch(answer.slice(0, 2)))
  writer.write(parser.batch(answer.slice(2)))
  const id = findTrace(store, 't1')!
  const growing = readTree(store, id)!
  expect(growing.trace).toMatchObject({ growing: true, spans: 4 })
  writer.finish('complete')
  const settled = readTree(store, id)!
  expect({ ...growing, trace: 0 }).toEqual({ ...settled, trace: 0 })
})

test('a trace that came in parts is put in order once a transaction goes by without it, and may grow again', () => {
  using store = freshStore()
  using once = freshStore()
  const writer = new StoreWriter(store, { reread, spansPerTransaction: 1 })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: '/dumps/a.jsonl', bytes: 0 }])
  writer.beginFile(0)
  const all = [
    ...answer,
    { trace: 'other', id: 'x' },
    { trace: 't1', id: 'late', parent: answer[0]!.id },
    { trace: 'other', id: 'y' },
  ].map((said, i) => ({ line: i + 1, ...said }))
  const growing = all.map(said => {
    writer.write(parser.batch([said]))
    return readTree(store, findTrace(store, 't1')!)!.trace.growing
  })
  writer.finish('complete')
  // Once is enough before the end.
  expect(growing).toEqual([...answer.map((_, i) => i > 0), false, true, true])
  importFile(once, all)
  expect([...describeStore(store)]).toEqual([...describeStore(once)])
})

test('hostile numbers and names neither throw nor reach a total', () => {
  using store = freshStore()
  const text = 'x'.repeat(5000)
  importFile(store, [
    {
      trace: '__proto__',
      id: 'constructor',
      name: text,
      start: 1n << 80n,
      duration: 1n << 90n,
      call: { input: 2 ** 60, output: 1.4, cost: Infinity },
    },
    { trace: 'lone \uD800', id: 'a\0b', name: 'n\0m', call: { input: -0, output: 2 ** 53 - 1 } },
    { trace: 'lone \uFFFD', id: 'other' },
    { trace: 'lone \uDBFF', id: 'a\0b' },
  ])
  const { total, rows } = listTraces(store, { sort: 'name', descending: false, offset: 0, limit: 10 })
  expect(total).toBe(2)
  expect(rows.map(row => [row.traceId, row.spans, row.input, row.output])).toEqual([
    ['lone \uFFFD', 2, 0, 2 ** 53 - 1],
    ['__proto__', 1, undefined, 1],
  ])
  expect(rows[1]!.name).toHaveLength(1000)
})

test('two files of one import are counted apart and together', () => {
  using store = freshStore()
  const writer = new StoreWriter(store, { reread })
  const parser = new Parser(writer.seed())
  writer.beginImport([
    { path: '/a', bytes: 1 },
    { path: '/b', bytes: 1 },
  ])
  writer.beginFile(0)
  writer.write(parser.batch(answer.slice(0, 3)))
  writer.endFile()
  writer.beginFile(1)
  writer.write(parser.batch(answer.slice(2)))
  writer.endFile()
  const { files, totals } = writer.finish('complete')
  expect(files).toMatchObject([
    { traces: 1, spans: 3, calls: 1, added: 3, known: 0 },
    { traces: 1, spans: 2, calls: 1, added: 1, known: 1 },
  ])
  expect(totals).toMatchObject({ traces: 1, spans: 4, calls: 1, added: 4, known: 0 })
})
