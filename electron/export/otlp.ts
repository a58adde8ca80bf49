import { hash } from 'node:crypto'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { Attributes, AttributeValue, RawSpan } from '../../shared/domain/raw-span.ts'
import { isDeferred } from '../../shared/conventions/values.ts'
import { allOwnNames, exportedMarks, ownNames } from '../../shared/domain/own-names.ts'
import { sealOf, sealPair } from '../import/seal.ts'
import type { Store } from '../store/open.ts'
import type { Piece } from './export.ts'
import { genAiAttributes } from './gen-ai.ts'
import { exportedSpans, type ExportedSpan } from './spans.ts'

/**
 * One OTLP/JSON request a span. A span keeps its own attributes; where the file's names are not those of an attribute
 * convention, the GenAI attributes that say the same stand beside them. Ids that are no hex of the right length are
 * hashed to one, and kept in `spanwise.trace_id`, `spanwise.span_id` and `spanwise.parent_span_id`. A request that a batch
 * gave back stays no call, and a replay one: `spanwise.unanswered`, `spanwise.replayed`. What its prompt was found to be
 * stands in `spanwise.recovered_prompt`. `spanwise.export` seals it: a store that has the span learns nothing.
 */
export function* exportOtlp(store: Store, traces?: readonly number[]): Generator<Piece> {
  for (const exported of exportedSpans(store, traces ? { traces } : {})) {
    yield { text: `${JSON.stringify(requestOf(exported))}\n`, spans: 1 }
  }
}

function requestOf({ traceId, span, raw, records, recovered }: ExportedSpan): object {
  const end = raw.end ?? (raw.start !== undefined && raw.duration !== undefined ? raw.start + raw.duration : undefined)
  const extra = raw.dialect === undefined ? {} : genAiAttributes(span)
  const parent = raw.parentId === undefined ? {} : { parentSpanId: hexOf(raw.parentId, 16) }
  const fields = records.flatMap(({ format, record }) => (format === 'otlp-json' ? [ownFields(record)] : []))
  const said = attributesOf(raw)
  const marks = exportedMarks.flatMap(mark => (span.marks?.includes(mark) ? [[ownNames[mark], true] as const] : []))
  const found = recovered()
  const beside = {
    ...extra,
    ...Object.fromEntries(marks),
    ...(found ? { [ownNames.recovered]: JSON.stringify(found) } : {}),
  }
  const resourceSpans = { resource: { attributes: keyValues(raw.resource) } }
  const scopeSpans = {
    scope: {
      ...(raw.scope.name === undefined ? {} : { name: raw.scope.name }),
      ...(raw.scope.version === undefined ? {} : { version: raw.scope.version }),
      attributes: keyValues(raw.scope.attributes),
    },
  }
  const attributes = [
    ...keyValues(said),
    ...Object.entries(beside).flatMap(pair => (Object.hasOwn(said, pair[0]) ? [] : [keyOfJson(pair)])),
    ...ownIds(traceId, raw.spanId, raw.parentId),
  ]
  const printed = {
    traceId: hexOf(traceId, 32),
    spanId: hexOf(raw.spanId, 16),
    ...parent,
    name: raw.name,
    kind: span.kind === 'generation' || span.kind === 'embedding' ? 3 : 1,
    ...Object.assign({}, ...fields),
    ...(raw.start === undefined ? {} : { startTimeUnixNano: raw.start.toString() }),
    ...(end === undefined ? {} : { endTimeUnixNano: end.toString() }),
    attributes,
    events: raw.events.map(({ name, time, attributes }) => ({
      ...(time === undefined ? {} : { timeUnixNano: time.toString() }),
      name,
      attributes: keyValues(attributes),
    })),
    links: raw.links.map(link => ({
      traceId: hexOf(link.traceId, 32),
      spanId: hexOf(link.spanId, 16),
      attributes: [...keyValues(link.attributes), ...ownIds(link.traceId, link.spanId)],
    })),
    status: statusOf(raw, span.status),
  }
  attributes.push(sealPair(sealOf(JSON.stringify({ resourceSpans, scopeSpans }), JSON.stringify(printed))))
  return { resourceSpans: [{ ...resourceSpans, scopeSpans: [{ ...scopeSpans, spans: [printed] }] }] }
}

/** The file's own attributes, less those that would be taken for ours. */
function attributesOf({ attributes }: RawSpan): Attributes {
  const names = Object.keys(attributes)
  if (!names.some(name => allOwnNames.has(name))) return attributes
  return Object.fromEntries(names.flatMap(name => (allOwnNames.has(name) ? [] : [[name, attributes[name]!]])))
}

/** Ids that are no hex of the right length. */
function ownIds(traceId: string, spanId: string, parentId = ''): object[] {
  const written = [
    [ownNames.traceId, traceId, 32],
    [ownNames.spanId, spanId, 16],
    [ownNames.parentId, parentId, 16],
  ] as const
  return written.flatMap(([key, id, length]) => (id === '' || isHex(id, length) ? [] : [keyOfJson([key, id])]))
}

/** What an OTLP span says beside what every span has, under the names and in the types of the standard. */
function ownFields(record: string): object {
  const said = JSON.parse(record) as Record<string, unknown>
  const { kind, flags, traceState = said['trace_state'] } = said
  const { droppedAttributesCount = said['dropped_attributes_count'] } = said
  const number = typeof kind === 'string' ? kinds.indexOf(kind.replace(/^SPAN_KIND_/, '')) : kind
  return {
    ...(isCount(number) && number < kinds.length ? { kind: number } : {}),
    ...(typeof traceState === 'string' ? { traceState } : {}),
    ...(isCount(flags) ? { flags } : {}),
    ...(isCount(droppedAttributesCount) ? { droppedAttributesCount } : {}),
  }
}

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0
}

function statusOf(raw: RawSpan, status: RawSpan['status']): object {
  const message = raw.statusMessage === undefined ? undefined : textOf(raw.statusMessage)
  const code = { unset: 0, ok: 1, error: 2 }[status]
  return { code, ...(message === undefined ? {} : { message }) }
}

function textOf(text: Exclude<RawSpan['statusMessage'], undefined>): string {
  return typeof text === 'string' ? text : text.read()
}

function isHex(id: string, length: number): boolean {
  return id.length === length && /^[0-9a-f]+$/.test(id)
}

function hexOf(id: string, length: number): string {
  return id === '' || isHex(id, length) ? id : hash('sha256', id, 'hex').slice(0, length)
}

function keyValues(attributes: Attributes): object[] {
  return Object.keys(attributes).map(key => ({ key, value: anyValue(attributes[key]!) }))
}

function keyOfJson([key, value]: [string, JsonValue]): object {
  return { key, value: anyValue(value) }
}

/** A 64-bit integer is a text in OTLP/JSON; null is a value without any. */
function anyValue(value: AttributeValue): object {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return { intValue: value.toString() }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  }
  if (isDeferred(value)) return { stringValue: value.read() }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return { kvlistValue: { values: keyValues(value as Attributes) } }
}
