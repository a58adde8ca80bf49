import { readRawSpan } from '../../electron/import/reading.ts'
import { expect, test } from 'vitest'
import { otlpSpan, readContent, request, row, spansOf } from './helpers.ts'

const nest = (levels: number, inner: string): string => '{"a":'.repeat(levels) + inner + '}'.repeat(levels)
const nested = (levels: number): string => `{"trace_id":"t","span_id":"s","model_name":"m","x":${nest(levels, '1')}}`

test('two hundred levels are data, what lies deeper is kept as text and marked', async () => {
  // the row itself is the first level
  const file = await readContent(`${nested(199)}\n${nested(200)}\n${nested(900)}`)
  expect(file.unreadable).toEqual([])
  expect(file.records.map(({ marks }) => marks.includes('deep'))).toEqual([false, true, true])
  expect(JSON.parse(file.records[0]!.record)).toEqual(JSON.parse(nested(199)))
  expect(file.records[2]!.record).toContain(JSON.stringify(nest(701, '1')).slice(0, 1000))
})

test('absurd depth costs that record, quickly', async () => {
  const million = '['.repeat(1_000_000)
  for (const content of [`{"a":${million}`, `{"a":${million}${']'.repeat(1_000_000)}}`, `{"a":\n${million}\n`]) {
    const started = performance.now()
    const file = await readContent(`${JSON.stringify(row(1))}\n${content}\n${JSON.stringify(row(2))}\n`)
    expect(performance.now() - started).toBeLessThan(1000)
    expect(file.records).toHaveLength(2)
    expect(file.unreadable).toMatchObject([{ line: 2, code: 'import/too-deep' }])
  }
})

test('a million brackets are no record', async () => {
  const file = await readContent('['.repeat(1_000_000))
  expect(file.records).toEqual([])
})

test('a string of 64 MB is imported, what is around it too', async () => {
  const huge = 'x'.repeat(64 << 20)
  const content = [JSON.stringify(row(1)), JSON.stringify({ ...row(huge), span_id: 'huge' }), JSON.stringify(row(3))]
  const file = await readContent(content.join('\n'), 1 << 20)
  expect(file.records).toHaveLength(3)
  expect(file.bodies).toHaveLength(1)
  expect(file.bodies[0] === huge).toBe(true)
}, 30_000)

test('a record of more than 256 MB costs that record', async () => {
  const piece = Buffer.alloc(8 << 20, 'x')
  const parts = [Buffer.from(`${JSON.stringify(row(1))}\n{"trace_id":"t","span_id":"huge","model_name":"`)]
  for (let i = 0; i < 36; i++) parts.push(piece)
  parts.push(Buffer.from(`"}\n${JSON.stringify(row(2))}\n`))
  const file = await readContent(Buffer.concat(parts), 4 << 20)
  expect(file.records.map(({ line }) => line)).toEqual([1, 3])
  expect(file.unreadable).toMatchObject([{ line: 2, code: 'import/record-too-large' }])
}, 30_000)

test('of very many attributes ten thousand are shown and the rest counted, long names are cut, and all are kept', async () => {
  const name = 'n'.repeat(1 << 20)
  const attributes = Array.from({ length: 100_000 }, (_, i) => ({ key: `k${i}`, value: { intValue: i } }))
  const span = otlpSpan({ attributes: [{ key: name, value: { stringValue: 'v' } }, ...attributes] })
  const file = await readContent(JSON.stringify(request(span)))
  expect(file.unreadable).toEqual([])
  expect(file.file?.unreadFieldCount).toBe(100_001)
  const shown = spansOf(file)[0]!
  expect(Object.keys(shown.attributes)).toHaveLength(10_000)
  expect(shown.attributesLeftOut).toBe(90_001)
  expect(shown.attributes[`${'n'.repeat(1000)}… (1048576 characters)`]).toBe('v')
  expect(JSON.parse(file.records[0]!.record)).toMatchObject({ attributes: [{ key: name }, ...attributes] })
})

test('a line full of what has to be cut out is read or refused, never out of bounds', async () => {
  const many = Array.from({ length: 200_000 }, () => '\u0000')
  const elements = `[${Array.from({ length: 200_000 }, (_, i) => `{"a":${i}}`).join(',')}]`
  const file = await readContent(
    [many, elements, 'fine'].map((value, i) => JSON.stringify({ ...row(value), span_id: `s${i}` })).join('\n'),
  )
  expect(file.records.length + file.unreadable.length).toBe(3)
  for (const { record } of file.records) expect(() => JSON.parse(record) as unknown).not.toThrow()
  expect(JSON.parse(file.records.at(-1)!.record)).toMatchObject({ payload: 'fine' })
})

test('lines that are all torn, and documents that never end, take linear time', async () => {
  for (const line of ['{"a":"x', '{"a":[', '{', '{"a":1', '[{"a":', '"', '{"a":{"b":[1,2,{"c":']) {
    const started = performance.now()
    await readContent(`${line}\n`.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(3000)
  }
})

test('a backslash that begins no escape stands for itself, in short texts and long, and is told', async () => {
  for (const text of ['C:\\q', `${'x'.repeat(200)}\\q`, `${'x'.repeat(200)}\\u12zz`, '\\\\\\d+\\.', '\\']) {
    const written = text === '\\' ? '\\ ' : text
    const spans = [written, 'whole \\n'].map(
      name => `{"spanId":"${'0'.repeat(15)}${name.length % 10}","name":"${name}"}`,
    )
    const odd = `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans.join(',')}]}]}]}`.replaceAll(
      '"spanId',
      `"traceId":"${'a'.repeat(32)}","spanId`,
    )
    const file = await readContent(odd)
    expect(file.unreadable).toEqual([])
    expect(file.records.map(({ marks }) => marks.includes('repaired-text'))).toEqual([true, false])
  }
  const file = await readContent('{"trace_id":"t","span_id":"s","model_name":"\\\\\\d+\\.\\n\\u00e9\\u12g4"}')
  expect(JSON.parse(file.records[0]!.record)).toMatchObject({ model_name: '\\\\d+\\.\né\\u12g4' })
})

test('control characters inside strings are read, in short texts and long', async () => {
  for (const text of ['a\tb\u0001', `${'x'.repeat(200)}\t\u0001`]) {
    const file = await readContent(`{"trace_id":"t","span_id":"s","model_name":"${text}"}`)
    expect(JSON.parse(file.records[0]!.record)).toMatchObject({ model_name: text })
  }
})

test('a word that begins with NUL is taken for no reference, wherever a format hands it on', async () => {
  const nul = '\0'
  const times = { started_at: '2026-11-20T16:08:50Z', ended_at: '2026-11-20T16:08:51Z' }
  const files = {
    weave: {
      batch: [
        { mode: 'start', req: { start: { project_id: 'p', id: 'c1', op_name: 'op', trace_id: nul, ...times } } },
        { mode: 'end', req: { end: { project_id: 'p', id: 'c1', ...times, output: 'x' } } },
      ],
    },
    nock: {
      scope: 'https://api.openai.com:443',
      method: 'POST',
      path: nul,
      body: { model: 'gpt-4.1', messages: [{ role: 'user', content: 'hi' }] },
      status: 200,
      response: { id: 'chatcmpl-1', object: 'chat.completion', model: 'gpt-4.1', choices: [] },
    },
    rows: {
      '\0traceId': 'a',
      id: 'b',
      model: 'gpt-4.1',
      prompt: 'Where is it?',
      completion: 'Here it is.',
      latency: 5,
    },
  }
  for (const [name, record] of Object.entries(files)) {
    const { records } = await readContent(JSON.stringify(record))
    expect([name, records.length > 0]).toEqual([name, true])
    for (const one of records) expect([name, readRawSpan([one])?.traceId]).toEqual([name, one.traceId])
  }
})
