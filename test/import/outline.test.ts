import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outlineOf } from '../../electron/import/outline.ts'
import { textReading } from '../../electron/import/text-reading.ts'
import { PartList } from '../../electron/store/text-index/item-parts.ts'
import { KnownOutlines, markTold, saidLike } from '../../electron/store/text-index/known-outlines.ts'
import type { SpanText } from '../../shared/query/texts.ts'

const format = 'otlp-json'

function read(record: string) {
  const { texts, said } = textReading.read([{ id: 1, format, record, context: '{}' }])!
  return { texts: print(texts), said }
}

function print(texts: readonly SpanText[]): string[] {
  return texts.map(({ text, fields }) => `${fields.join()} ${text}`)
}

interface Attribute {
  readonly key: string
  readonly value: object
}

function record(attributes: readonly Attribute[], more: object = {}): string {
  const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }
  return JSON.stringify({ ...ids, name: 'chat', startTimeUnixNano: '1700000000000000000', attributes, ...more })
}

const names = fc.constantFrom(
  ...(
    'gen_ai.operation.name gen_ai.request.model gen_ai.response.model gen_ai.response.id gen_ai.conversation.id session.id user.id ' +
    'gen_ai.usage.input_tokens gen_ai.usage.output_tokens gen_ai.usage.total_tokens gen_ai.request.temperature ' +
    'gen_ai.input.messages gen_ai.tool.definitions gen_ai.tool.name gen_ai.tool.call.arguments gen_ai.tool.call.result gen_ai.tool.call.id gen_ai.prompt ' +
    'input.value output error tool.name error.type code.function thread.id nobody llm.model_name ' +
    'openinference.span.kind ai.operationId langfuse.observation.input traceloop.span.kind'
  ).split(' '),
)
const text = fc.constantFrom(...' |chat|a|zebra|Zebra|12|{"a":"b"}|{ "a" : 1 }|[1]|x"y|TOOL|LLM|execute_tool|'.split('|'))
const value: fc.Arbitrary<object> = fc.oneof(
  text.map(stringValue => ({ stringValue })),
  fc.constantFrom('0', '7', '1234567890123', 'x', '1.5').map(intValue => ({ intValue })),
  fc.constantFrom(0, 0.5, 0.15000000000000002, 7, 1e21).map(doubleValue => ({ doubleValue })),
  fc.boolean().map(boolValue => ({ boolValue })),
  text.map(stringValue => ({ arrayValue: { values: [{ stringValue }] } })),
)
const status = fc.constantFrom({}, { code: 2 }, { code: 2, message: 'it broke' })

/** Texts of a record with marks in place of what is told; undefined where that is not told as it is. */
function readTold(record: string) {
  const { told } = outlineOf(format, record)!
  const marks = told.map((_, i) => `\x01mark${i};`)
  const { texts, said } = read(markTold(record, told, marks))
  const isTold = marks.every(mark => texts.filter(one => one.endsWith(` ${mark}`)).length === 1)
  const isHidden = texts.some(one => marks.some(mark => one.includes(mark) && !one.endsWith(` ${mark}`)))
  return isTold && !isHidden ? { texts, said, marks } : undefined
}

/** With another record's texts in place of the marks. */
function fill(texts: readonly string[], marks: readonly string[], record: string): string[] {
  const { told } = outlineOf(format, record)!
  return texts.flatMap(one => {
    const mark = marks.findIndex(each => one.endsWith(` ${each}`))
    if (mark < 0) return [one]
    const value = JSON.parse(record.slice(told[mark]!.from, told[mark]!.to)) as string
    const text = textReading.told(value)?.text
    return text === undefined ? [] : [one.slice(0, -marks[mark]!.length) + text]
  })
}

/** Whether a record says what another one with an equal outline lets expect. */
function compare(first: string, second: string): 'unlike' | 'silent' | 'alike' | 'told' | 'differ' {
  const [one, other] = [outlineOf(format, first)!, outlineOf(format, second)!]
  const known = new KnownOutlines()
  const what = readTold(first)
  if (!what) return 'unlike'
  known.put('', one, new PartList(), what.said, [])
  const found = known.get('', other.key)
  if (!found) return 'unlike'
  const texts = other.texts ? print(other.texts) : fill(what.texts, what.marks, second)
  if (!isDeepStrictEqual({ texts, said: saidLike(found, other) }, read(second))) return 'differ'
  return other.texts ? 'silent' : other.told.length > 0 ? 'told' : 'alike'
}

describe('what a record says without being read', () => {
  test('records with equal outlines have equal texts', () => {
    const attribute = fc.tuple(names, value, fc.option(value))
    const string = text.map(stringValue => ({ stringValue }))
    const tool = fc.tuple(
      ...['gen_ai.tool.call.id', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'].map(name =>
        fc.tuple(fc.constant(name), string, fc.option(string)),
      ),
    )
    const counts = { unlike: 0, silent: 0, alike: 0, told: 0, differ: 0 }
    fc.assert(
      fc.property(
        fc.array(attribute, { maxLength: 8 }),
        fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, tool),
        status,
        (some, tool, status) => {
          const attributes = [...some, ...tool]
          const first = record(
            attributes.map(([key, value]) => ({ key, value })),
            { status },
          )
          const second = record(
            attributes.map(([key, value, other]) => ({ key, value: other ?? value })),
            { status },
          )
          const found = compare(first, second)
          counts[found]++
          return found !== 'differ'
        },
      ),
      { numRuns: 4000 },
    )
    expect(counts.alike).toBeGreaterThan(100)
    expect(counts.silent).toBeGreaterThan(100)
    expect(counts.told).toBeGreaterThan(30)
  })

  test('ids, times, counts and what nobody reads are left out', () => {
    const call = (id: string, tokens: string) =>
      record(
        [
          { key: 'gen_ai.request.model', value: { stringValue: 'm' } },
          { key: 'gen_ai.response.id', value: { stringValue: id } },
          { key: 'gen_ai.usage.input_tokens', value: { intValue: tokens } },
          { key: 'queue.length', value: { intValue: tokens } },
        ],
        { spanId: id, endTimeUnixNano: `17${tokens}` },
      )
    expect(outlineOf(format, call('a1', '12'))!.key).toBe(outlineOf(format, call('b2', '900'))!.key)
  })

  test.each([
    ['events', record([], { events: [{ name: 'exception' }] })],
    ['links', record([], { links: [{ traceId: 'a' }] })],
    ['a name with escapes', record([], { name: 'a"b' })],
    ['attributes of another spelling', record([], { attributes: { a: 1 } })],
    ['no object', '[1]'],
    ['no JSON', '{"attributes":[{"key":"a","value":{"stringValue":"b'],
    ['attributes twice', `{"attributes":[],${record([]).slice(1)}`],
    ['spaces', '{ "name": "a" }'],
  ])('with %s it is read', (_, kept) => {
    expect(outlineOf(format, kept)).toBeUndefined()
  })

  test('another format is read', () => {
    expect(outlineOf('jaeger', record([]))).toBeUndefined()
  })
})
