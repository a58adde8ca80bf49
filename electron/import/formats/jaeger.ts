// Jaeger's JSON, from its API or the download of its UI: `{data: [trace]}`, or one trace bare.
// https://www.jaegertracing.io/docs/latest/apis/ and model/json in its source.
// What OpenTelemetry said lives on in tags (`otel.status_code`, `otel.scope.name`; lists became JSON text) and stays there
// under its names. A parent is the first CHILD_OF of the same trace; every other reference is a link.

import { words } from '../../../shared/conventions/names.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { AttributeValue, Attributes, RawEvent, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { readDouble, readInteger } from './otlp-values.ts'
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
  contextIn,
  type ContextShape,
} from './values.ts'

interface JaegerContext {
  /** The process, and what was said of the trace. */
  readonly process: Fields
  readonly trace: Fields
}

function isTrace(value: unknown): value is Fields {
  return isObject(value) && 'traceID' in value && Array.isArray(value['spans'])
}

function detect(record: JsonObject): Certainty {
  if (isTrace(record)) return 'certain'
  return Array.isArray(record['data']) && isTrace(record['data'][0]) ? 'certain' : 'no'
}

function read(record: JsonObject, sink: RecordSink): void {
  for (const trace of isTrace(record) ? [record] : listOf(record['data'])) {
    if (isTrace(trace)) readTrace(trace, sink)
    else sink.unreadable('import/not-a-span', 'A trace that is not an object with spans.')
  }
}

function readTrace({ spans, processes, ...trace }: Fields, sink: RecordSink): void {
  const contexts = new Map<unknown, JaegerContext>()
  for (const span of listOf(spans)) {
    if (!isObject(span)) {
      sink.unreadable('import/not-a-span', 'A span that is not an object.')
      continue
    }
    const id = span['processID']
    let context = contexts.get(id)
    if (!context) {
      const process = isObject(processes) && typeof id === 'string' ? processes[id] : undefined
      contexts.set(id, (context = { process: isObject(process) ? process : {}, trace }))
    }
    sink.span(span, context)
  }
}

const shape: ContextShape<JaegerContext> = { process: 'object', trace: 'object' }

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const span = record as Fields
  const { process, trace } = contextIn(context, shape)
  const traceId = hexId(span['traceID'] ?? trace?.['traceID'], defer)
  const spanId = hexId(span['spanID'], defer)
  const { parentId, links } = readReferences(span, traceId, defer)
  const marks: Mark[] = []
  if (parentId !== undefined && parentId === spanId) marks.push('self-parent')
  const start = microseconds(span['startTime'])
  const duration = microseconds(span['duration'])
  markTimes(marks, { start, end: undefined, duration })
  const attributes = readTags(span['tags'], defer)
  const raw: Mutable<RawSpan> = {
    traceId,
    spanId,
    name: textIn(span['operationName'], defer) ?? '',
    status: 'unset',
    attributes,
    events: listOf(span['logs']).flatMap(log => readLog(log, defer)),
    links,
    resource: readProcess(process ?? (isObject(span['process']) ? span['process'] : {}), defer),
    scope: scopeOfTags(attributes),
    marks,
  }
  if (parentId !== undefined && parentId !== spanId) raw.parentId = parentId
  if (start !== undefined && start !== 0n) raw.start = start
  if (duration !== undefined) raw.duration = duration
  readStatus(attributes['otel.status_code'], attributes['otel.status_description'], raw, defer)
  return raw
}

/** Ids are hex whose leading zeros may be missing. */
function hexId(written: unknown, defer: Defer): string {
  const id = typeof written === 'string' ? nameOf(written, defer) : written
  if (typeof id !== 'string' || !/^[0-9a-f]{1,32}$/i.test(id)) return idOf(id, defer)
  return idOf(id.padStart(id.length > 16 ? 32 : 16, '0'), defer)
}

function readReferences(span: Fields, traceId: string, defer: Defer): { parentId?: string; links: RawLink[] } {
  let parentId: string | undefined
  const links: RawLink[] = []
  for (const reference of listOf(span['references'])) {
    if (!isObject(reference)) continue
    const to = { traceId: hexId(reference['traceID'], defer), spanId: hexId(reference['spanID'], defer) }
    const sort = textIn(reference['refType'], defer)
    if (parentId === undefined && sort === 'CHILD_OF' && to.traceId === traceId && to.spanId !== '')
      parentId = to.spanId
    else if (to.spanId !== '') links.push({ ...to, attributes: plainAttributes({ refType: sort }, defer) })
  }
  // Before references there was one parent.
  parentId ??= hexId(span['parentSpanID'], defer) || undefined
  return { ...(parentId === undefined ? {} : { parentId }), links }
}

function readTags(written: unknown, defer: Defer): Attributes {
  const attributes = Object.create(null) as Record<string, AttributeValue>
  for (const tag of listOf(written)) {
    if (!isObject(tag) || typeof tag['key'] !== 'string') continue
    attributes[nameOf(tag['key'], defer)] = readTag(tag['type'], tag['value'], defer)
  }
  return attributes
}

/** Numbers and booleans may come as text; bytes stay in the base64 they are written in. */
function readTag(type: unknown, value: unknown, defer: Defer): AttributeValue {
  if (type === 'int64') return readInteger(value)
  if (type === 'float64') return readDouble(value, defer)
  if (type === 'bool' && (value === 'true' || value === 'false')) return value === 'true'
  return plainValue(value, defer)
}

/** A log is an event; its name is its field `event`. */
function readLog(written: unknown, defer: Defer): RawEvent[] {
  if (!isObject(written)) return []
  const time = microseconds(written['timestamp'])
  const { event, ...fields } = readTags(written['fields'], defer)
  const attributes = Object.assign(Object.create(null) as Record<string, AttributeValue>, fields)
  const name = typeof event === 'string' ? event : ''
  if (event !== undefined && typeof event !== 'string') attributes['event'] = event
  return [{ name, ...(time === undefined ? {} : { time }), attributes }]
}

/** A process is what OpenTelemetry calls a resource. */
function readProcess(process: Fields, defer: Defer): Attributes {
  const name = textIn(process['serviceName'], defer)
  const tags = readTags(process['tags'], defer)
  if (name === undefined || name === '') return tags
  const resource = Object.create(null) as Record<string, AttributeValue>
  resource['service.name'] = name
  return Object.assign(resource, tags)
}

export const jaeger: TraceFormat = {
  id: 'jaeger',
  label: 'Jaeger JSON',
  detect,
  fields: {
    reads: [
      ...words('traceID spanID parentSpanID operationName references startTime duration tags logs'),
      ...words('processID process'),
    ],
    keeps: ['flags', 'warnings'],
  },
  open: stateless(read),
  rawSpan,
}
