// Zipkin v2: https://zipkin.io/zipkin-api/#/default/get_traces. An array of spans, or an array of such arrays.
// A `shared` span is the server's half of a call and has the id of the client's half: both are kept, the server's below the
// client's under an id of its own.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { AttributeValue, Attributes, RawEvent, RawSpan } from '../../../shared/domain/raw-span.ts'
import { eachRecord, noAttributes, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { microseconds, readStatus, scopeOfTags, type Mutable } from './span-fields.ts'
import {
  idOf,
  isObject,
  listOf,
  markTimes,
  nameOf,
  plainAttributes,
  plainValue,
  textIn,
  type Fields,
} from './values.ts'

function detect(record: JsonObject): Certainty {
  if (!('traceId' in record && 'id' in record)) return 'no'
  if ('localEndpoint' in record || 'remoteEndpoint' in record || 'annotations' in record) return 'certain'
  return typeof record['timestamp'] === 'number' && typeof record['duration'] === 'number' ? 'likely' : 'no'
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const span = record as Fields
  const id = idOf(span['id'], defer)
  const shared = span['shared'] === true && id !== ''
  const spanId = shared ? `${id}/server` : id
  const parent = shared ? id : idOf(span['parentId'], defer)
  const marks: Mark[] = []
  if (parent !== '' && parent === spanId) marks.push('self-parent')
  const start = microseconds(span['timestamp'])
  const duration = microseconds(span['duration'])
  markTimes(marks, { start, end: undefined, duration })
  const attributes = readAttributes(span, defer)
  const raw: Mutable<RawSpan> = {
    traceId: idOf(span['traceId'], defer),
    spanId,
    name: textIn(span['name'], defer) ?? '',
    status: 'unset',
    attributes,
    events: listOf(span['annotations']).flatMap(annotation => readAnnotation(annotation, defer)),
    links: [],
    resource: readEndpoint(span['localEndpoint'], defer),
    scope: scopeOfTags(attributes),
    marks,
  }
  if (parent !== '' && parent !== spanId) raw.parentId = parent
  if (start !== undefined && start !== 0n) raw.start = start
  if (duration !== undefined) raw.duration = duration
  const message = attributes['otel.status_description'] ?? attributes['error']
  readStatus(attributes['otel.status_code'], message === 'true' ? undefined : message, raw, defer)
  // The tag alone says it, whatever stands in it.
  if (raw.status === 'unset' && 'error' in attributes && attributes['error'] !== 'false') raw.status = 'error'
  return raw
}

/** Tags, and the parts of a span that have no place in ours. */
function readAttributes(span: Fields, defer: Defer): Attributes {
  const attributes = Object.create(null) as Record<string, AttributeValue>
  const { tags } = span
  if (isObject(tags)) {
    for (const name of Object.keys(tags)) attributes[nameOf(name, defer)] = plainValue(tags[name], defer)
  }
  for (const name of ['kind', 'remoteEndpoint', 'shared', 'debug', 'parentId'] as const) {
    if (name === 'parentId' && span['shared'] !== true) continue
    if (span[name] !== undefined) attributes[name] ??= plainValue(span[name], defer)
  }
  return attributes
}

function readAnnotation(written: unknown, defer: Defer): RawEvent[] {
  if (!isObject(written)) return []
  const time = microseconds(written['timestamp'])
  const name = textIn(written['value'], defer) ?? ''
  return [{ name, ...(time === undefined ? {} : { time }), attributes: noAttributes }]
}

function readEndpoint(written: unknown, defer: Defer): Attributes {
  if (!isObject(written)) return noAttributes
  const { serviceName, ...address } = written
  return plainAttributes({ ...(serviceName === undefined ? {} : { 'service.name': serviceName }), ...address }, defer)
}

export const zipkin: TraceFormat = {
  id: 'zipkin',
  label: 'Zipkin v2 JSON',
  detect,
  fields: {
    reads: [
      'traceId',
      'id',
      'parentId',
      'name',
      'timestamp',
      'duration',
      'shared',
      'tags',
      'annotations',
      'localEndpoint',
    ],
    keeps: ['kind', 'remoteEndpoint', 'debug'],
  },
  open: eachRecord,
  rawSpan,
}
