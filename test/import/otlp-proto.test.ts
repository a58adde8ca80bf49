import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bytes, encodeRequest, encodeSpan, encodeValue, fixed64, frame, varint } from '../helpers/otlp-proto.ts'
import { labelOfFormat } from '../../shared/format/format-label.ts'
import { fixture } from '../helpers/fixtures.ts'
import { otlpSpan, readContent, Reading, request, spansOf, traceHex, type ReadFile } from './helpers.ts'

const attribute = (key: string, value: object): object => ({ key, value })
const text = (value: string): object => ({ stringValue: value })
const long = 'All work and no play makes Jack a dull boy. '.repeat(20)
const messages = JSON.stringify([
  { role: 'user', content: `"${long}\n` },
  { role: 'assistant', content: `it's {[}] \\ ${long}` },
])
const ms = '1780000000000000123'

/** Every field of a span that we know. */
const everything = {
  ...otlpSpan({ parentSpanId: 'b0b1c2d3e4f5a0b1', traceState: 'a=b', kind: 3, flags: 257 }),
  name: 'chat \u{1f388} "quoted" \u0001\t',
  attributes: [
    attribute('text', text('short')),
    attribute('empty', text('')),
    attribute('nothing', {}),
    attribute('mark', text('\0not a reference')),
    attribute('long', text(long)),
    attribute('escapes', text('"\\\n\r\t\b\f\u0002ü\u{1f600}'.repeat(7))),
    attribute('nearly', text('"'.repeat(70))),
    attribute('messages', text(messages)),
    attribute('spaced', text(`[{"a":"${long}"}, {"b":"${long}"}]`)),
    attribute('small', text(`[${'{"a":1},'.repeat(40)}{}]`)),
    attribute('yes', { boolValue: true }),
    attribute('no', { boolValue: false }),
    attribute('int', { intValue: '-9007199254740993' }),
    attribute('double', { doubleValue: 0.1 + 0.2 }),
    attribute('tiny', { doubleValue: 5e-324 }),
    attribute('huge', { doubleValue: -1.7976931348623157e308 }),
    attribute('nan', { doubleValue: 'NaN' }),
    attribute('infinite', { doubleValue: '-Infinity' }),
    attribute('bytes', { bytesValue: Buffer.from([0, 255, 127, 3]).toString('base64') }),
    attribute('many bytes', { bytesValue: Buffer.from(long).toString('base64') }),
    attribute('list', { arrayValue: { values: [text('a'), { intValue: '2' }, { arrayValue: { values: [] } }] } }),
    attribute('map', {
      kvlistValue: { values: [attribute('a', { kvlistValue: { values: [attribute('b', text(long))] } })] },
    }),
    attribute('__proto__', text('inert')),
  ],
  droppedAttributesCount: 1,
  events: [
    { timeUnixNano: ms, name: 'exception', attributes: [attribute('exception.message', text(long))] },
    { name: 'e' },
  ],
  droppedEventsCount: 2,
  links: [
    {
      traceId: traceHex,
      spanId: 'b0b1c2d3e4f5a0b2',
      traceState: 'c=d',
      flags: 1,
      attributes: [attribute('k', text('v'))],
    },
  ],
  droppedLinksCount: 3,
  status: { message: `broke: ${long}`, code: 2 },
}
const whole = {
  resourceSpans: [
    {
      resource: {
        attributes: [attribute('service.name', text('shop')), attribute('host', text(long))],
        droppedAttributesCount: 4,
      },
      scopeSpans: [
        {
          scope: { name: 'scope', version: '1.2', attributes: [attribute('a', text('b'))] },
          spans: [everything, otlpSpan({ status: {} })],
          schemaUrl: 'https://example.com/scope',
        },
        { scope: { name: 'other' }, spans: [otlpSpan()] },
      ],
      schemaUrl: 'https://example.com/resource',
    },
    {
      resource: { attributes: [attribute('service.name', text('till'))] },
      scopeSpans: [{ scope: {}, spans: [otlpSpan()] }],
    },
  ],
}

const plain = await readContent(JSON.stringify(whole))

function checkSame(file: ReadFile, than = plain): void {
  expect(file.unreadable).toEqual([])
  expect(spansOf(file)).toEqual(spansOf(than))
  expect(file.bodies).toEqual(than.bodies)
}

test('protobuf gives the spans and the bodies that the same data gives as JSON', async () => {
  const bytes = encodeRequest(whole)
  for (const pieces of [undefined, 7]) checkSame(await readContent(bytes, pieces))
  checkSame(await readContent(gzipSync(bytes)))
})

test('a span of every field is read whole, and kept as JSON prints it', async () => {
  const file = await readContent(encodeRequest(whole))
  const [span] = spansOf(file)
  for (const { kept } of file.records) expect(JSON.stringify(JSON.parse(kept))).toBe(kept)
  expect(span).toMatchObject({ name: everything.name, status: 'error', statusMessage: everything.status.message })
  expect(span?.attributes).toMatchObject({ int: '-9007199254740993', long, messages, huge: -1.7976931348623157e308 })
  expect(span?.attributes['tiny']).toBe(5e-324)
  expect(span?.attributes['escapes']).toBe('"\\\n\r\t\b\f\u0002ü\u{1f600}'.repeat(7))
})

const parts = [request(otlpSpan()), request(everything), request(otlpSpan(), otlpSpan())]
const lines = await readContent(parts.map(part => JSON.stringify(part)).join('\n'))
const encoded = parts.map(encodeRequest)

test.each<[string, Buffer]>([
  ['requests one after another', Buffer.concat(encoded)],
  ['a length of four bytes before each', frame(encoded)],
  ['what Logfire could not send', Buffer.concat([Buffer.from('LOGFIRE BACKUP FILE\nVERSION 1\n'), frame(encoded)])],
  ['a varint before each', Buffer.concat(encoded.flatMap(part => [varint(part.length), part]))],
  ['each its own zstd stream', frame(encoded.map(part => zstdCompressSync(part)))],
  ['JSON with lengths', frame(parts.map(part => Buffer.from(JSON.stringify(part))))],
  ['JSON, each its own zstd stream', frame(parts.map(part => zstdCompressSync(JSON.stringify(part))))],
  ['lengths, in one zstd stream', zstdCompressSync(frame(encoded))],
])('framed: %s', async (_how, bytes) => {
  for (const pieces of [undefined, 7]) {
    const file = await readContent(bytes, pieces)
    checkSame(file, lines)
    expect(file.file?.spans).toBe(4)
  }
})

test('zstd frames inside zstd are refused', async () => {
  const file = await readContent(zstdCompressSync(frame(encoded.map(part => zstdCompressSync(part)))))
  expect(file.failure?.code).toBe('import/compressed-twice')
})

test('a receipt calls protobuf by its name', async () => {
  const label = ({ file }: ReadFile) => labelOfFormat('otlp-json', new Map([['otlp-json', 'OTLP JSON']]), file!)
  const json = Buffer.from(JSON.stringify(request(otlpSpan())))
  expect(label(await readContent(encodeRequest(request(otlpSpan()))))).toBe('OTLP protobuf')
  expect(label(await readContent(json))).toBe('OTLP JSON')
  const reading = new Reading()
  await reading.read(encodeRequest(request(otlpSpan())))
  expect(label(await reading.read(json)), 'of the file at hand').toBe('OTLP JSON')
})

test('a place is a byte, also in the receipt', async () => {
  const before = encodeRequest(request(otlpSpan()))
  const file = await readContent(Buffer.concat([before, encodeRequest(request({ name: 'no ids, no time' }, {}))]))
  expect(file.records.map(record => record.line)).toEqual([expect.any(Number), expect.any(Number)])
  expect(file.records[1]!.line).toBeGreaterThan(before.length)
  expect(file.unreadable).toMatchObject([{ code: 'import/not-a-span', byte: expect.any(Number) as number }])
})

test('cut anywhere, what came before is there, and the cut is told with its byte', async () => {
  const bytes = frame([...encoded, encodeRequest(whole)])
  const all = spansOf(await readContent(bytes))
  const reading = new Reading()
  for (let cut = 30; cut < bytes.length; cut += 41) {
    const file = await reading.read(bytes.subarray(0, cut))
    const spans = spansOf(file)
    expect(spans.map(({ id, attributes }) => ({ id, attributes }))).toEqual(
      all.slice(0, spans.length).map(({ id, attributes }) => ({ id, attributes })),
    )
    if (file.unreadable.length === 0) continue // between two messages
    expect(file.unreadable).toHaveLength(1)
    expect(file.unreadable[0]).toMatchObject({ code: expect.stringMatching(/truncated|damaged/) as string })
    expect(file.unreadable[0]!.byte).toBeLessThanOrEqual(cut)
  }
})

const group = (...spans: Buffer[]): Buffer =>
  bytes(1, Buffer.concat([bytes(1, Buffer.alloc(0)), bytes(2, Buffer.concat(spans))]))
const asSpan = (content: Uint8Array): Buffer => bytes(2, content)
const sound = (): Buffer => asSpan(encodeSpan(otlpSpan() as { [name: string]: unknown }))

test('a span that cannot be read costs itself', async () => {
  const broken = asSpan(
    Buffer.concat([encodeSpan(otlpSpan() as { [name: string]: unknown }), Buffer.from([0x4a, 99, 1])]),
  )
  const file = await readContent(group(sound(), broken, sound(), broken, sound()))
  expect(file.records).toHaveLength(3)
  expect(file.unreadable).toMatchObject([{ code: 'import/damaged' }, { code: 'import/damaged' }])
})

test('a frame that cannot be read costs itself', async () => {
  const noise = Buffer.from([0x0a, 5, 1, 2, 3])
  const file = await readContent(frame([encoded[0]!, noise, encoded[2]!]))
  expect(file.records).toHaveLength(3)
  expect(file.unreadable).toMatchObject([{ code: 'import/damaged', byte: encoded[0]!.length + 8 }])
})

test('fields may come in any order, and unknown ones are passed over', async () => {
  const span = otlpSpan() as { [name: string]: unknown }
  const odd = Buffer.concat([
    bytes(9, Buffer.concat([bytes(1, Buffer.from('a')), bytes(2, encodeValue({ intValue: '1' }))])),
    bytes(200, Buffer.from('unknown')),
    fixed64(77, '5'),
    encodeSpan(span),
    bytes(9, Buffer.concat([bytes(1, Buffer.from('b')), bytes(2, encodeValue({ intValue: '2' }))])),
  ])
  const scope = Buffer.concat([asSpan(odd), bytes(1, bytes(1, Buffer.from('late scope')))])
  const late = bytes(
    1,
    Buffer.concat([
      bytes(2, scope),
      bytes(1, bytes(1, Buffer.concat([bytes(1, Buffer.from('k')), bytes(2, encodeValue({ stringValue: 'v' }))]))),
    ]),
  )
  const [read] = spansOf(await readContent(late))
  expect(read).toMatchObject({ attributes: { a: 1, b: 2 }, resource: { k: 'v' }, scope: { name: 'late scope' } })
})

test('groups of scopes as they were numbered before OTLP 0.15 are read', async () => {
  const [read] = spansOf(await readContent(bytes(1, Buffer.concat([bytes(1, Buffer.alloc(0)), bytes(1000, sound())]))))
  expect(read?.name).toBe('step')
})

test('what is no UTF-8 is replaced and marked, short and long', async () => {
  const pair = (value: Buffer): Buffer =>
    bytes(9, Buffer.concat([bytes(1, Buffer.from('x')), bytes(2, bytes(1, value))]))
  for (const value of [Buffer.from([65, 0xff, 66]), Buffer.concat([Buffer.from(long), Buffer.from([0xff])])]) {
    const span = asSpan(Buffer.concat([encodeSpan(otlpSpan() as { [name: string]: unknown }), pair(value)]))
    const file = await readContent(group(span, sound()))
    expect(spansOf(file)[0]?.attributes['x']).toBe(value.toString())
    expect(file.records.map(({ marks }) => marks.includes('repaired-text'))).toEqual([true, false])
  }
})

test('values in values past what JSON allows are kept as bytes and marked', async () => {
  let deep = encodeValue({ stringValue: 'bottom' })
  for (let level = 0; level < 2000; level++) deep = bytes(5, bytes(1, deep))
  const pair = bytes(9, Buffer.concat([bytes(1, Buffer.from('deep')), bytes(2, deep)]))
  const span = asSpan(Buffer.concat([encodeSpan(otlpSpan() as { [name: string]: unknown }), pair]))
  const file = await readContent(group(sound(), span, sound()))
  expect(file.unreadable).toEqual([])
  expect(file.records.map(({ marks }) => marks.includes('deep'))).toEqual([false, true, false])
})

test('log records and metrics are told from spans by what is innermost', async () => {
  const log = {
    timeUnixNano: ms,
    traceId: traceHex,
    spanId: 'b0b1c2d3e4f5a0b1',
    body: text('hello'),
    eventName: 'gen_ai.choice',
  }
  const logs = {
    resourceLogs: [
      { resource: {}, scopeLogs: [{ scope: {}, logRecords: [log, { ...log, timeUnixNano: undefined }] }] },
    ],
  }
  const metric = { name: 'sixteen letters!', description: 'eight...' }
  const metrics = {
    resourceMetrics: [{ resource: {}, scopeMetrics: [{ scope: {}, metrics: [{ name: 'calls' }, metric] }] }],
  }
  const file = await readContent(frame([logs, metrics, request(otlpSpan())].map(encodeRequest)))
  expect(file.file?.formats).toEqual({ 'otlp-json': 2, 'otlp-logs': 1 })
  expect(Object.entries(file.skipped).find(([what]) => what.includes('metrics'))?.[1]).toBe(2)
})

test('many spans in one message come in slices, and nothing is lost between them', async () => {
  const spans = Array.from({ length: 3000 }, (_, i) =>
    otlpSpan({ attributes: [attribute('i', { intValue: String(i) }), attribute('t', text(`${i} ${long}`))] }),
  )
  const resource = { attributes: [attribute('service.name', text('shop')), attribute('large', text('x'.repeat(100)))] }
  const many = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 's' }, spans }] }] }
  const file = await readContent(encodeRequest(many))
  expect(spansOf(file)).toEqual(spansOf(await readContent(JSON.stringify(many))))
  expect(new Set(file.records.map(({ line }) => line)).size).toBeGreaterThan(3)
})

test('a value of 8 MB is kept', async () => {
  const huge = 'abcdefgh'.repeat(1 << 20)
  const file = await readContent(
    encodeRequest(
      request(otlpSpan({ attributes: [attribute('x', { bytesValue: Buffer.from(huge).toString('base64') })] })),
    ),
  )
  expect(spansOf(file)[0]?.attributes['x']).toBe(Buffer.from(huge).toString('base64'))
})

test('the same dump as JSON lines and as protobuf', async () => {
  const dump = readFileSync(fixture('openinference/agent-retriever-tools.jsonl'), 'utf8')
  const requests = dump
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as object)
  checkSame(await readContent(frame(requests.map(encodeRequest))), await readContent(dump))
})
