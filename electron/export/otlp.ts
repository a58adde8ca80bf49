import { hash } from 'node:crypto'
import type { JsonValue } from '../../shared/domain/json.ts'
import type { Attributes, AttributeValue, RawSpan } from '../../shared/domain/raw-span.ts'
import { isDeferred } from '../../shared/conventions/values.ts'
import type { Store } from '../store/open.ts'
import type { Piece } from './export.ts'
import { genAiAttributes } from './gen-ai.ts'
import { exportedSpans, type ExportedSpan } from './spans.ts'

/**
 * One OTLP/JSON request a span. A span keeps its own attributes; where the file's names are not those of an attribute
 * convention, the GenAI attributes that say the same stand beside them. Ids that are no hex of the right length are
 * hashed to one, and kept in `spanwise.trace_id` and `spanwise.span_id`. A request that a batch gave back stays no call:
 * `spanwise.unanswered`.
 */
export function* exportOtlp(store: Store, traces?: readonly number[]): Generator<Piece> {
  for (const exported of exportedSpans(store, traces ? { traces } : {})) {
    yield { text: `${JSON.stringify(requestOf(exported))}\n`, spans: 1 }
  }
}

function requestOf({ traceId, span, raw, records }: ExportedSpan): object {
  const end = raw.end ?? (raw.start !== undefined && raw.duration !== undefined ? raw.start + raw.duration : undefined)
  const extra = raw.dialect === undefined ? {} : genAiAttributes(span)
  const ids = {
    ...(isHex(traceId, 32) ? {} : { 'spanwise.trace_id': traceId }),
    ...(isHex(raw.spanId, 16) ? {} : { 'spanwise.span_id': raw.spanId }),
    ...(span.marks?.includes('unanswered') ? { 'spanwise.unanswered': true } : {}),
  }
  const parent = raw.parentId === undefined ? {} : { parentSpanId: hexOf(raw.parentId, 16) }
  const own = records.flatMap(({ format, record }) => (format === 'otlp-json' ? [ownFields(record)] : []))
  const beside = Object.entries({ ...extra, ...ids }).filter(([key]) => !Object.hasOwn(raw.attributes, key))
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(raw.resource) },
        scopeSpans: [
          {
            scope: {
              ...(raw.scope.name === undefined ? {} : { name: raw.scope.name }),
              ...(raw.scope.version === undefined ? {} : { version: raw.scope.version }),
              attributes: keyValues(raw.scope.attributes),
            },
            spans: [
              {
                traceId: hexOf(traceId, 32),
                spanId: hexOf(raw.spanId, 16),
                ...parent,
                name: raw.name,
                kind: span.kind === 'generation' || span.kind === 'embedding' ? 3 : 1,
                ...Object.assign({}, ...own),
                ...(raw.start === undefined ? {} : { startTimeUnixNano: raw.start.toString() }),
                ...(end === undefined ? {} : { endTimeUnixNano: end.toString() }),
                attributes: [...keyValues(raw.attributes), ...beside.map(keyOfJson)],
                events: raw.events.map(({ name, time, attributes }) => ({
                  ...(time === undefined ? {} : { timeUnixNano: time.toString() }),
                  name,
                  attributes: keyValues(attributes),
                })),
                links: raw.links.map(link => ({
                  traceId: hexOf(link.traceId, 32),
                  spanId: hexOf(link.spanId, 16),
                  attributes: keyValues(link.attributes),
                })),
                status: statusOf(raw, span.status),
              },
            ],
          },
        ],
      },
    ],
  }
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
  return isHex(id, length) ? id : hash('sha256', id, 'hex').slice(0, length)
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
