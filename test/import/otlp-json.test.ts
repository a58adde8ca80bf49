import { expect, test } from 'vitest'
import { otlpSpan, readContent, request, spanOf, spansOf, traceHex } from './helpers.ts'

const read = (value: object) => readContent(JSON.stringify(value))
const attribute = (key: string, value: unknown) => ({ key, value })

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
const spanHex = '00f067aa0ba902b7'

test.each<[string, object]>([
  ['hex in capitals', { traceId: traceHex.toUpperCase(), spanId: spanHex.toUpperCase() }],
  ['0x', { traceId: `0x${traceHex}`, spanId: `0x${spanHex}` }],
  ['base64', { traceId: base64(traceHex), spanId: base64(spanHex) }],
  [
    'base64 of hex',
    { traceId: Buffer.from(traceHex).toString('base64'), spanId: Buffer.from(spanHex).toString('base64') },
  ],
])('ids in %s are one id', async (_how, ids) => {
  const file = await read(request(otlpSpan(ids)))
  expect(file.records[0]!.traceId).toBe(traceHex)
  expect(spansOf(file)[0]!.id).toBe(spanHex)
})

test('values of every sort, in every spelling', async () => {
  const attributes = [
    attribute('string', { stringValue: 'a' }),
    attribute('snake', { string_value: 'b' }),
    attribute('go', { Value: { StringValue: 'c' } }),
    attribute('int', { intValue: '42' }),
    attribute('number', { intValue: 43 }),
    attribute('big', { intValue: '1731412345678901234' }),
    attribute('double', { doubleValue: 0.5 }),
    attribute('bool', { boolValue: false }),
    attribute('list', { arrayValue: { values: [{ stringValue: 'x' }, { intValue: '1' }] } }),
    attribute('one', { arrayValue: { values: [{ stringValue: 'x' }] } }),
    attribute('map', { kvlistValue: { values: [attribute('k', { boolValue: true })] } }),
    attribute('bytes', { bytesValue: 'AAEC' }),
    attribute('empty', {}),
    attribute('null', null),
    attribute('plain', 'text'),
  ]
  const [span] = spansOf(await read(request(otlpSpan({ attributes }))))
  expect(span!.attributes).toEqual({
    string: 'a',
    snake: 'b',
    go: 'c',
    int: 42,
    number: 43,
    big: '1731412345678901234',
    double: 0.5,
    bool: false,
    list: ['x', 1],
    one: ['x'],
    map: { k: true },
    bytes: 'AAEC',
    empty: null,
    null: null,
    plain: 'text',
  })
})

test('attributes as a plain object', async () => {
  const attributes = { a: 1, b: { c: [true, null] } }
  expect(spansOf(await read(request(otlpSpan({ attributes }))))[0]!.attributes).toEqual(attributes)
})

test('nothing where something could be', async () => {
  const nothing = { attributes: null, status: null, events: null, links: null, parentSpanId: '' }
  const span = spansOf(await read(request(otlpSpan(nothing))))[0]!
  expect(span).toMatchObject({ status: 'unset', attributes: {} })
  expect(span.parentId).toBeUndefined()
})

test('status by number, name and short name', async () => {
  const codes = [0, 1, 2, '2', 'STATUS_CODE_ERROR', 'STATUS_CODE_OK', 'STATUS_CODE_UNSET', undefined]
  const file = await read(request(...codes.map(code => otlpSpan({ status: { code } }))))
  expect(spansOf(file).map(({ status }) => status)).toEqual([
    'unset',
    'ok',
    'error',
    'error',
    'error',
    'ok',
    'unset',
    'unset',
  ])
})

test('times keep every digit, quoted or not', async () => {
  const json = JSON.stringify(request(otlpSpan({ startTimeUnixNano: 'S', endTimeUnixNano: 'E' })))
  for (const quote of ['', '"']) {
    const text = json
      .replace('"S"', `${quote}1731412345678901234${quote}`)
      .replace('"E"', `${quote}1731412345678901999${quote}`)
    expect(spansOf(await readContent(text))[0]).toMatchObject({
      startTime: '1731412345678901234',
      endTime: '1731412345678901999',
      durationNs: '765',
    })
  }
})

test('odd times are marked', async () => {
  const start = '1780000000000000000'
  const file = await read(
    request(
      otlpSpan({ endTimeUnixNano: '0' }),
      otlpSpan({ endTimeUnixNano: undefined }),
      otlpSpan({ startTimeUnixNano: start, endTimeUnixNano: '1779999999999999999' }),
      otlpSpan({ startTimeUnixNano: 0 }),
      otlpSpan({ startTimeUnixNano: '1', endTimeUnixNano: '9223372036854775807' }),
    ),
  )
  expect(file.records.map(({ marks }) => marks)).toEqual([
    ['unfinished'],
    ['unfinished'],
    ['negative-duration'],
    ['no-start'],
    [],
  ])
  expect(spansOf(file)[2]).toMatchObject({ endTime: '1779999999999999999' })
  expect(spansOf(file)[2]).not.toHaveProperty('durationNs')
})

test('micro- and milliseconds in a field of nanoseconds are kept and marked; made-up times near 1970 are not', async () => {
  const file = await read(
    request(
      otlpSpan({ startTimeUnixNano: '1780000000000000', endTimeUnixNano: '1780000000250000' }),
      otlpSpan({ startTimeUnixNano: 1_780_000_000_000, endTimeUnixNano: 1_780_000_000_250 }),
      otlpSpan({ startTimeUnixNano: '1780000000', endTimeUnixNano: '1780000001' }),
      otlpSpan({ startTimeUnixNano: undefined, endTimeUnixNano: '1780000000250000' }),
      otlpSpan({ startTimeUnixNano: '60000000000', endTimeUnixNano: '61000000000' }),
    ),
  )
  expect(file.records.map(({ marks }) => marks)).toEqual([
    ['doubtful-time'],
    ['doubtful-time'],
    [],
    ['no-start', 'doubtful-time'],
    [],
  ])
  expect(spansOf(file)[0]).toMatchObject({ startTime: '1780000000000000', durationNs: '250000' })
})

test('a span that is its own parent is a root with a mark', async () => {
  const spanId = 'aaaaaaaaaaaaaaaa'
  const file = await read(request(otlpSpan({ spanId, parentSpanId: spanId.toUpperCase() })))
  expect(file.records[0]!.marks).toEqual(['self-parent'])
  expect(spansOf(file)[0]!.parentId).toBeUndefined()
})

test('resource and scope are read, whatever they are called', async () => {
  const span = otlpSpan()
  const resource = { attributes: [attribute('service.name', { stringValue: 'shop' })] }
  const scope = { name: 'lib', version: '1' }
  const scopeSpans = [{ scope, spans: [span] }]
  const shapes: object[] = [
    { resourceSpans: [{ resource, scopeSpans }] },
    { resource_spans: [{ resource, scope_spans: scopeSpans }] },
    { resourceSpans: [{ resource, instrumentationLibrarySpans: [{ instrumentationLibrary: scope, spans: [span] }] }] },
    { resource, scopeSpans },
    { batches: [{ resource, scopeSpans }] },
    { trace: { resourceSpans: [{ resource, scopeSpans }] } },
    { result: { resourceSpans: [{ resource, scopeSpans }] } },
  ]
  for (const shape of shapes) {
    const file = await read(shape)
    expect(spansOf(file)).toMatchObject([{ resource: { 'service.name': 'shop' }, scope, application: 'shop' }])
  }
})

test('what is kept is what was written, and what stood around it', async () => {
  const span = otlpSpan({ unknown: [1, 2], flags: 257 })
  const shape = {
    resourceSpans: [
      {
        resource: { attributes: [], more: 1 },
        schemaUrl: 'r',
        scopeSpans: [{ scope: {}, schemaUrl: 's', spans: [span] }],
      },
    ],
  }
  const [record] = (await read(shape)).records
  expect(JSON.parse(record!.record)).toEqual(span)
  expect(JSON.parse(record!.context)).toEqual({
    resourceSpans: { resource: { attributes: [], more: 1 }, schemaUrl: 'r' },
    scopeSpans: { scope: {}, schemaUrl: 's' },
  })
})

test('spans without usable ids get some from their content', async () => {
  const zero = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) }
  const value = request(otlpSpan(zero), otlpSpan({ ...zero, name: 'other' }), otlpSpan(zero))
  const first = await read(value)
  const ids = first.records.map(record => spanOf(record).id)
  expect(new Set(ids).size).toBe(3)
  expect(new Set(first.records.map(({ traceId }) => traceId)).size).toBe(3)
  for (const { marks } of first.records) expect(marks).toEqual(['derived-id'])
  // in another file, pretty-printed, in pieces
  const again = await readContent(JSON.stringify(value, null, 2), 7)
  expect(again.records.map(record => spanOf(record).id)).toEqual(ids)
})

test('logs and metrics are counted', async () => {
  const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }] }] }
  const metrics = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{}, {}, {}] }] }] }
  const file = await readContent([logs, metrics, logs].map(line => JSON.stringify(line)).join('\n'))
  expect(Object.values(file.skipped)).toEqual([4, 3])
  expect(file.unreadable).toEqual([])
})

test.each<[string, unknown]>([
  ['groups that are no list', { resourceSpans: 5 }],
  ['groups that are no objects', { resourceSpans: [1, null, 'x'] }],
  ['scopes that are no objects', { resourceSpans: [{ scopeSpans: [1, null] }] }],
  ['spans that are no objects', request(...([1, null, 'x', []] as unknown as object[]))],
  ['an empty span', request({})],
])('%s throw nothing', async (_what, value) => {
  const file = await read(value as object)
  expect(file.failure).toBeUndefined()
  expect(file.records).toEqual([])
})

test('what is no list where spans should be is told', async () => {
  const span = otlpSpan()
  for (const wrong of [
    { resourceSpans: { scopeSpans: [] } },
    { resourceSpans: [{ scopeSpans: { spans: [span] } }] },
    { resourceSpans: [{ spans: [span] }] },
    { resourceSpans: [{ scopeSpans: [{ spans: { a: span } }] }] },
  ]) {
    const { unreadable, records } = await read(wrong)
    expect([unreadable.map(({ code }) => code), records]).toEqual([['import/not-a-span'], []])
  }
  expect((await read({ resourceSpans: [{ scopeSpans: [{}] }, {}] })).unreadable).toEqual([])
})

test('events and links are read', async () => {
  const events = [
    {
      name: 'exception',
      timeUnixNano: '1780000000000000005',
      attributes: [attribute('exception.type', { stringValue: 'E' })],
    },
  ]
  const links = [{ traceId: base64(traceHex), spanId: base64(spanHex), attributes: [] }]
  expect(spansOf(await read(request(otlpSpan({ events, links }))))[0]).toMatchObject({
    events: [{ name: 'exception', time: '1780000000000000005', attributes: { 'exception.type': 'E' } }],
    links: [{ traceId: traceHex, spanId: spanHex }],
  })
})
