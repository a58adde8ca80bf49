import { readFileSync, statSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { SpanTape } from '../../electron/import/scan/span-tape.ts'
import { noAttributes } from '../../electron/import/format.ts'
import { conventions, isSpoken } from '../../shared/conventions/index.ts'
import { UnreadFinder } from '../../shared/conventions/unread.ts'
import { isDeferred } from '../../shared/conventions/values.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture, jsonFiles } from '../helpers/fixtures.ts'
import { encodeRequest } from '../helpers/otlp-proto.ts'
import { readContent, Reading, type ReadFile } from './helpers.ts'

/** What was handed to the conventions, every text in place. */
const seen: RawSpan[] = []

vi.mock(import('../../electron/import/span-reading.ts'), async original => {
  const { readSpanColumns } = await original()
  return {
    readSpanColumns: raw => {
      seen.push(whole(said(raw)) as RawSpan)
      return readSpanColumns(raw)
    },
  }
})

const unread = new UnreadFinder(conventions, () => {})

/** Without attributes where none of them says anything to anybody: the tape leaves these out. */
function said(raw: RawSpan): RawSpan {
  const says = Object.keys(raw.attributes).some(name => isSpoken(name) || !unread.isUnread(name))
  return says || raw.events.length > 0 ? raw : { ...raw, attributes: noAttributes }
}

/** `-0` and a missing name stay what they are. */
function whole(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isDeferred(value)) return `long: ${value.read()}`
  if (Array.isArray(value)) return value.map(whole)
  return Object.entries(value).map(([name, item]) => [name, whole(item)])
}

interface Read {
  readonly file: ReadFile
  readonly spans: readonly RawSpan[]
}

async function read(content: string | Uint8Array): Promise<Read> {
  seen.length = 0
  const file = await readContent(content)
  return { file, spans: [...seen] }
}

/** The same file with every record parsed whole. */
async function parsed(content: string | Uint8Array): Promise<Read> {
  using _ = vi.spyOn(SpanTape.prototype, 'begin').mockReturnValue(undefined)
  return await read(content)
}

async function checkBothWays(content: string | Uint8Array): Promise<void> {
  expect(await read(content)).toEqual(await parsed(content))
}

/** How many spans are read from the tape. */
async function taped(content: string | Uint8Array): Promise<number> {
  using reads = vi.spyOn(SpanTape.prototype, 'read')
  await readContent(content)
  return reads.mock.results.filter(({ value }) => value !== undefined).length
}

const ids = '"traceId":"a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3","spanId":"b1b1b1b1b1b1b1b1"'
const span = (fields: string): string => `{${ids}${fields}}`
const request = (...spans: string[]): string =>
  `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[${spans.join(',')}]}]}]}`
const valued = (value: string): string => span(`,"attributes":[{"key":"input","value":${value}}]`)

test('spans as nearly everybody writes them are read without parsing', async () => {
  const long = 'x'.repeat(200)
  const usual = [
    ',"name":"step","kind":1,"flags":257,"traceState":"","startTimeUnixNano":"1760000001029141845","endTimeUnixNano":"1760000001114791748"',
    ',"startTimeUnixNano":1760000001029,"endTimeUnixNano":"0"',
    ',"parentSpanId":"","status":{}',
    ',"parentSpanId":"0000000000000000","status":{"code":2,"message":"failed"}',
    ',"parentSpanId":"b1b1b1b1b1b1b1b1","status":{"code":1}',
    ',"status":{"code":"STATUS_CODE_ERROR"}',
    ',"name":"é😀 \\n \\u0041 \\ud83d\\ude00"',
    `,"name":"${long}","status":{"message":"${long}"}`,
    ',"attributes":[],"events":[],"links":[],"droppedAttributesCount":3,"somethingNew":{"a":[1,{"b":null}]}',
    ',"droppedLinksCount":3,"droppedCounts":4,"droppedNewCount":5,"states":1',
    `,"events":[{"timeUnixNano":"1760000001029141845","name":"exception","attributes":[{"key":"exception.message","value":{"stringValue":"${long}"}}]},{"name":"b"},{}]`,
    ',"links":[{"traceId":"a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d4","spanId":"b1b1b1b1b1b1b1b2"},{},{"spanId":"c1b1b1b1b1b1b1b2","attributes":[{"key":"a","value":{"intValue":"1"}}]}]',
    ' , "name" : "spaced" , "attributes" : [ { "value" : { "boolValue" : true } , "key" : "late" } ]',
  ].map(span)
  const values = [
    '{"stringValue":""}',
    '{"stringValue":"short"}',
    '{"stringValue":"\\u0000 5"}',
    `{"stringValue":"${long}"}`,
    `{"stringValue":"[{\\"role\\":\\"user\\",\\"text\\":\\"${long}\\"},{\\"role\\":\\"tool\\",\\"text\\":\\"${long}\\"}]"}`,
    '{"intValue":"0"}',
    '{"intValue":"-12"}',
    '{"intValue":"-0"}',
    '{"intValue":"007"}',
    '{"intValue":"999999999999999"}',
    '{"intValue":"-999999999999999"}',
    '{"intValue":"1760000001029141845"}',
    '{"intValue":"12 "}',
    '{"intValue":""}',
    '{"intValue":5}',
    '{"intValue":1.5}',
    '{"doubleValue":0.25}',
    '{"doubleValue":-0}',
    '{"doubleValue":1e30}',
    '{"doubleValue":"NaN"}',
    '{"doubleValue":"0.5"}',
    '{"doubleValue":"x"}',
    '{"boolValue":false}',
    '{"bytesValue":"AAECAw=="}',
    '{"arrayValue":{}}',
    '{"arrayValue":{"values":[]}}',
    '{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"1"},{"arrayValue":{"values":[{}]}}]}}',
    '{"kvlistValue":{}}',
    '{"kvlistValue":{"values":[{"key":"__proto__","value":{"stringValue":"a"}},{"key":"7","value":{"kvlistValue":{"values":[]}}}]}}',
    '{}',
  ].map(valued)
  for (const one of [...usual, ...values]) {
    const line = request(span(''), one)
    expect([one, await taped(line)]).toEqual([one, 2])
    await checkBothWays(line)
  }
  await checkBothWays([request(...usual, ...values), request(...values), request(...usual.toReversed())].join('\n'))
})

test('attributes that say nothing to anybody are counted by name all the same', async () => {
  const pair = (key: string, value = '{"intValue":"1"}') => `{"key":"${key}","value":${value}}`
  const having = (...pairs: string[]) => span(`,"name":"step","attributes":[${pairs.join(',')}]`)
  const spans = [
    having(pair('one'), pair('two')),
    having(pair('one'), pair('two', '{"stringValue":"x"}')),
    having(pair('two'), pair('one')),
    having(pair('one'), pair('one', '{"stringValue":""}')),
    having(pair('one'), pair('one')),
    having(pair('one'), pair('two', '{}')),
    having(pair('one'), pair('two', '{"arrayValue":{"values":[]}}')),
    having(pair('one'), pair('gen_ai.request.model', '{"stringValue":"m"}')),
    having(pair('one'), pair('error', '{"boolValue":true}')),
    having(pair('spanwise.unanswered', '{"boolValue":true}')),
    having(pair('x'.repeat(65)), pair('one')),
    span(',"attributes":[{"key":"one","value":{"intValue":"1"}}],"events":[],"status":{"code":2,"message":"m"}'),
    having(pair('one'), pair('user.id', '{"stringValue":"u"}')),
    having(...Array.from({ length: 140 }, (_, i) => pair(`many.${i}`))),
    span(',"attributes":[{"key":"one","value":{"intValue":"1"}}],"events":[{"name":"exception"}]'),
  ]
  const content = [request(...spans), request(span(',"name":5')), request(...spans, ...spans)].join('\n')
  await checkBothWays(content)
  const reading = new Reading()
  const [first, second] = [await reading.read(content), await reading.read(content)]
  expect(first.file?.unreadFields.slice(0, 2)).toEqual([
    { name: 'one', spans: 36 },
    { name: 'two', spans: 9 },
  ])
  expect(second.file?.unreadFields).toEqual(first.file?.unreadFields)
})

test('names that first stand in a request that is parsed after all are known afterwards', async () => {
  const named = (name: string) => span(`,"name":"${name}","attributes":[{"key":"${name}","value":{"intValue":"1"}}]`)
  const lines = Array.from({ length: 20 }, (_, i) => [
    request(named(`early ${i}`), named(`name ${i}`), span(',"name":5')),
    request(named(`name ${i}`), named(`late ${i}`)),
  ])
  expect(await taped(lines.flat().join('\n'))).toBe(40)
  await checkBothWays(lines.flat().join('\n'))
})

test('a request whose first span does not stand as it would be printed is parsed: its spans must be printed anyway', async () => {
  const line = request(span(' ,"name":"spaced"'), span(''))
  expect(await taped(line)).toBe(0)
  await checkBothWays(line)
})

test('what is unusual is parsed', async () => {
  const unusual = [
    span(',"spanId":"c1"'),
    span(',"name":5'),
    span(',"end_time_unix_nano":"5"'),
    span(',"Attributes":[]'),
    span(',"startTimeUnixNano":"2026-01-01T00:00:00Z"'),
    span(',"startTimeUnixNano":"-5"'),
    span(',"startTimeUnixNano":"99999999999999999999"'),
    span(',"attributes":{"a":1}'),
    span(',"attributes":[{"key":"a"}]'),
    span(',"attributes":[{"key":"a","value":{"stringValue":"a","intValue":"1"}}]'),
    span(',"attributes":[{"key":"a","value":{"string_value":"a"}}]'),
    span(',"attributes":[{"key":"a","value":"plain"}]'),
    span(',"attributes":[null]'),
    span(',"status":{"code":2.0}'),
    span(',"na\\u006de":"escaped"'),
    span(',"parentSpanId":"qrvM3e7/ABE="'),
    '{"traceId":"A0B1C2D3E4F5A0B1C2D3E4F5A0B1C2D3","spanId":"b1b1b1b1b1b1b1b1"}',
    '{"spanId":"b1b1b1b1b1b1b1b1","name":"no trace"}',
    '{}',
  ]
  for (const one of unusual) {
    const line = request(one)
    expect([one, await taped(line)]).toEqual([one, 0])
    await checkBothWays([request(valued('{"intValue":"1"}')), line, request(span(''), one, span(''))].join('\n'))
  }
})

test('what is no JSON is told as ever, wherever it stands', async () => {
  const broken = [
    span(',"name":"a" "kind":1'),
    span(',"kind":01'),
    span(',"kind":1.'),
    span(',"kind":tru'),
    span(',"x":[1,]'),
    span(',"x":{"a":1,}'),
    span(',"name":"\\x"'),
    span(',"name":"\\u12g4"'),
    span(',"name":"a\tb"'),
    span(',"attributes":[{"key":"a","value":{"stringValue":"a"}},]'),
    span(',"x":[}'),
    `[${span('')}]`,
    'null',
  ]
  for (const one of broken) await checkBothWays([request(one), request(span(''), one), request(span(''))].join('\n'))
})

test('objects at the same place under other names are no spans', async () => {
  const inner = `{"spans":[${span('')}]}`
  for (const line of [
    `{"resourceSpans":[{"scopeSpans":[${inner}],"other":[{"spans":[{"a":1}]}]}]}`,
    `{"resourceSpans":[{"scopeSpans":[{"spans":[${span('')}],"other":[{"a":1}]}]}]}`,
    `{"other":[{"scopeSpans":[${inner}]}],"resourceSpans":[{"scopeSpans":[${inner}]}]}`,
    `{"notresourceSpans":[{"scopeSpans":[${inner}]}]}`,
    `{"model":"gpt-5","messages":[],"resourceSpans":[{"scopeSpans":[${inner}]}]}`,
  ]) {
    await checkBothWays(line)
  }
})

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 160 }),
  fc.constantFrom('gen_ai.request.model', 'gpt-4o', 'a', ''),
)
const anyValue = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.record({ stringValue: text }),
    fc.record({ intValue: fc.oneof(fc.integer().map(String), fc.bigInt().map(String), fc.integer()) }),
    fc.record({ doubleValue: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), text) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({
      kvlistValue: fc.record({ values: fc.array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 }) }),
    }),
    fc.constant({}),
  ),
})).value
const attributes = fc.array(fc.record({ key: text, value: anyValue }), { maxLength: 8 })
const id = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`))
const anySpan = fc.record(
  {
    traceId: id(32),
    spanId: id(16),
    parentSpanId: fc.oneof(id(16), fc.constant('')),
    name: text,
    startTimeUnixNano: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String),
    endTimeUnixNano: fc.oneof(fc.bigInt({ min: 0n, max: 1n << 62n }).map(String), fc.nat()),
    attributes,
    status: fc.record({ code: fc.nat(3), message: text }, { requiredKeys: [] }),
    events: fc.array(fc.record({ timeUnixNano: fc.nat().map(String), name: text, attributes }), { maxLength: 2 }),
    links: fc.array(fc.record({ traceId: id(32), spanId: id(16), attributes }), { maxLength: 2 }),
    kind: fc.nat(5),
  },
  { requiredKeys: ['traceId', 'spanId'] },
)

test('both ways give the same, whatever a span says', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anySpan, { minLength: 1, maxLength: 5 }), { maxLength: 4 }), async requests => {
      const lines = requests.map(spans => request(...spans.map(one => JSON.stringify(one))))
      await checkBothWays(lines.join('\n'))
      if (lines[0] !== undefined) await checkBothWays(encodeRequest(JSON.parse(lines[0]) as object))
    }),
    { numRuns: 40 },
  )
})

test('both ways give the same for every fixture', { timeout: 60_000 }, async () => {
  for (const file of jsonFiles(fixture('.'))) await checkBothWays(readFileSync(file))
})

test('both ways give the same for every small dump of the corpus', { timeout: 120_000 }, async context => {
  context.skip(corpusIsMissing !== undefined, corpusIsMissing)
  for (const file of jsonFiles(corpusFile('.')).filter(file => statSync(file).size < 300_000)) {
    await checkBothWays(readFileSync(file))
  }
})
