// What the dumps of span objects share: the parts of one, picked by a format under that format's names, as a raw span.

import type { Status } from '../../../shared/domain/kind.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, AttributeValue, RawEvent, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { noAttributes, type Defer } from '../format.ts'
import { parseJson } from '../../../shared/conventions/json-text.ts'
import { isDeferred } from '../../../shared/conventions/values.ts'
import { rawNumber } from '../numbers.ts'
import { readAttributes } from './otlp-values.ts'
import { idOf, isObject, listOf, markTimes, nameOf, plainAttributes, textIn, type Fields } from './values.ts'

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The parts of a span as written; an absent part is undefined or null. */
export interface SpanFields {
  readonly traceId: unknown
  readonly spanId: unknown
  readonly parentId: unknown
  readonly name: unknown
  readonly start: unknown
  readonly end: unknown
  readonly duration?: Nanoseconds | undefined
  readonly status?: unknown
  readonly message?: unknown
  readonly attributes: Attributes
  readonly events?: unknown
  readonly links?: unknown
  readonly resource?: unknown
  readonly scope?: unknown
}

export function spanOfFields(fields: SpanFields, defer: Defer): Mutable<RawSpan> {
  const marks: Mark[] = []
  const spanId = idOf(fields.spanId, defer)
  const parent = idOf(fields.parentId, defer)
  if (parent !== '' && parent === spanId) marks.push('self-parent')
  const written = timeOf(fields.start)
  if (written?.noZone) marks.push('no-zone')
  const start = written?.ns
  const end = timeOf(fields.end)?.ns
  const { duration } = fields
  markTimes(marks, { start, end, duration })
  const raw: Mutable<RawSpan> = {
    traceId: idOf(fields.traceId, defer),
    spanId,
    name: textIn(fields.name, defer) ?? '',
    status: 'unset',
    attributes: fields.attributes,
    events: listOf(fields.events).flatMap(event => readEvent(event, defer)),
    links: listOf(fields.links).flatMap(link => readLink(link, defer)),
    resource: readResource(fields.resource, defer),
    scope: readScope(fields.scope, defer),
    marks,
  }
  if (parent !== '' && parent !== spanId) raw.parentId = parent
  if (start !== undefined) raw.start = start
  if (end !== undefined) raw.end = end
  else if (duration !== undefined) raw.duration = duration
  readStatus(fields.status, fields.message, raw, defer)
  return raw
}

/** A time in any spelling; a decimal keeps the digits it was written with. */
export function timeOf(written: unknown): ReturnType<typeof parseTime> {
  return parseTime(rawNumber(written) ?? written)
}

/** Microseconds, as Jaeger and Zipkin write times and lengths: integers below 2^53, so exact. */
export function microseconds(written: unknown): Nanoseconds | undefined {
  const number = typeof written === 'string' && /^-?\d{1,16}$/.test(written) ? Number(written) : written
  return typeof number === 'number' && Number.isSafeInteger(number) ? BigInt(number) * 1000n : undefined
}

/** The instrumentation, where OpenTelemetry's exporters to other formats put it. */
export function scopeOfTags(tags: Attributes): RawSpan['scope'] {
  const name = tags['otel.scope.name'] ?? tags['otel.library.name']
  const version = tags['otel.scope.version'] ?? tags['otel.library.version']
  return {
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof version === 'string' && version !== '' ? { version } : {}),
    attributes: noAttributes,
  }
}

/** An object, a list of OTLP pairs, or either spelled as JSON text. */
export function attributesOf(written: unknown, defer: Defer): Attributes {
  const value = typeof written === 'string' ? parseJson(nameOf(written, defer)) : written
  return isObject(value) || Array.isArray(value) ? readAttributes(value, defer) : noAttributes
}

const codes = new Map<unknown, Status>([
  [1, 'ok'],
  [2, 'error'],
  ['1', 'ok'],
  ['2', 'error'],
  ['OK', 'ok'],
  ['ERROR', 'error'],
])

/** `STATUS_CODE_OK`, `StatusCode.OK`, `OK`, 1, bare or in an object beside its message. */
export function readStatus(written: unknown, message: unknown, into: Mutable<RawSpan>, defer: Defer): void {
  const inner: Fields = isObject(written) ? written : { code: written, message }
  const code = inner['status_code'] ?? inner['code'] ?? inner['statusCode']
  const word =
    typeof code === 'string'
      ? nameOf(code, defer)
          .replace(/^.*(?:\.|CODE_)/i, '')
          .toUpperCase()
      : code
  const status = codes.get(word)
  if (status !== undefined) into.status = status
  const text = inner['description'] ?? inner['message'] ?? message
  if (isDeferred(text)) into.statusMessage = text
  else if (typeof text === 'string' && text !== '') into.statusMessage = text.charCodeAt(0) === 0 ? defer(text) : text
}

function readEvent(written: unknown, defer: Defer): RawEvent[] {
  if (!isObject(written)) return []
  const time = timeOf(
    written['timestamp'] ?? written['time'] ?? written['time_unix_nano'] ?? written['event_timestamp'],
  )
  const name = textIn(written['name'] ?? written['event_name'], defer) ?? ''
  const own = attributesOf(written['attributes'], defer)
  // AWS's distribution keeps the conversation beside the attributes.
  const { body } = written
  const attributes = body === undefined || body === null ? own : { ...own, ...plainAttributes({ body }, defer) }
  return [{ name, ...(time === undefined ? {} : { time: time.ns }), attributes: bare(attributes) }]
}

function bare(attributes: Attributes): Attributes {
  return Object.assign(Object.create(null) as Record<string, AttributeValue>, attributes)
}

function readLink(written: unknown, defer: Defer): RawLink[] {
  if (!isObject(written)) return []
  const at = isObject(written['context']) ? written['context'] : written
  const traceId = idOf(at['trace_id'] ?? at['traceId'], defer)
  const spanId = idOf(at['span_id'] ?? at['spanId'], defer)
  if (traceId === '' && spanId === '') return []
  return [{ traceId, spanId, attributes: attributesOf(written['attributes'], defer) }]
}

/** `{attributes, schema_url}`, the SDKs' private spellings of it, or the attributes themselves. */
function readResource(written: unknown, defer: Defer): Attributes {
  const resource = typeof written === 'string' ? parseJson(nameOf(written, defer)) : written
  if (!isObject(resource)) return noAttributes
  const pairs = resource['_rawAttributes']
  if (Array.isArray(pairs)) {
    const entries = pairs.flatMap((pair): [string, unknown][] =>
      Array.isArray(pair) && typeof pair[0] === 'string' ? [[pair[0], pair[1]]] : [],
    )
    return plainAttributes(Object.fromEntries(entries), defer)
  }
  for (const name of ['attributes', '_attributes', '_syncAttributes']) {
    if (isObject(resource[name]) || Array.isArray(resource[name])) return attributesOf(resource[name], defer)
  }
  return 'schema_url' in resource || 'attributes' in resource ? noAttributes : plainAttributes(resource, defer)
}

function readScope(written: unknown, defer: Defer): RawSpan['scope'] {
  if (!isObject(written)) return { attributes: noAttributes }
  const name = textIn(written['name'], defer)
  const version = textIn(written['version'], defer)
  return {
    ...(name ? { name } : {}),
    ...(version ? { version } : {}),
    attributes: attributesOf(written['attributes'], defer),
  }
}
