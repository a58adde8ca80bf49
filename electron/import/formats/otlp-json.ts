// OTLP as JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
// One request, requests one per line as the OpenTelemetry collector writes them, bare ResourceSpans, TracesData, and
// what Tempo and Jaeger wrap around them; with the spellings met on disk (base64 ids, enum names, snake_case, plain
// objects for attributes). Log records are otlp-logs.ts. Left out: metrics, which are counted.

import { words } from '../../../shared/conventions/names.ts'
import type { KnownNames } from '../../../shared/conventions/convention.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawEvent, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { stateless, type Certainty, type Defer, type NotASpan, type RecordSink, type TraceFormat } from '../format.ts'
import { firstOf, timeOf, type OtlpContext } from './otlp-around.ts'
import { hasLogs, readLogs } from './otlp-logs.ts'
import { spanOf, type WrittenSpan } from './otlp-span.ts'
import { field, readAttributes } from './otlp-values.ts'
import { idOf, isObject, listOf, textIn, type Fields } from './values.ts'

const [groupNames, scopeNames] = [
  ['resourceSpans', 'resource_spans', 'ResourceSpans'],
  ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans', 'ScopeSpans'],
]

/** The resource groups of a record, wherever they are wrapped. */
function groupsOf(record: Fields): readonly unknown[] | undefined {
  const name = firstOf(record, groupNames)
  if (name !== undefined) return listOf(record[name])
  if (firstOf(record, scopeNames) !== undefined) return [record]
  if (Array.isArray(record['batches']) && record['batches'].every(isGroup)) return record['batches']
  for (const wrapper of ['trace', 'result', 'data']) {
    const inner = record[wrapper]
    const found = isObject(inner) ? firstOf(inner, groupNames) : undefined
    if (found !== undefined) return listOf((inner as Fields)[found])
  }
  return undefined
}

function isGroup(value: unknown): boolean {
  return isObject(value) && firstOf(value, scopeNames) !== undefined
}

const metrics = {
  names: ['resourceMetrics', 'resource_metrics'],
  groups: ['scopeMetrics', 'scope_metrics'],
} as const

function detect(record: JsonObject): Certainty {
  return groupsOf(record) || firstOf(record, metrics.names) !== undefined ? 'certain' : 'no'
}

function read(record: JsonObject, sink: RecordSink): void {
  if (groupNames.some(name => isWrong(record[name]))) {
    sink.unreadable('import/not-a-span', 'Resource groups that are no list.')
  }
  for (const group of groupsOf(record) ?? []) {
    if (isObject(group)) readGroup(group, sink)
    else sink.unreadable('import/not-a-span', 'A resource group that is not an object.')
  }
  if (hasLogs(record)) readLogs(record, sink, { as: 'otlp-logs' })
  const name = firstOf(record, metrics.names)
  if (name === undefined) return
  let count = 0
  for (const group of listOf(record[name])) {
    for (const scope of isObject(group) ? listOf(group[firstOf(group, metrics.groups) ?? '']) : []) {
      if (isObject(scope)) count += listOf(scope['metrics']).length
    }
  }
  sink.skipped('OTLP metrics', count)
}

function readGroup(group: Fields, sink: RecordSink): void {
  const name = firstOf(group, scopeNames)
  if (name === undefined) {
    if ('spans' in group) sink.unreadable('import/not-a-span', 'Spans that stand in no scope group.')
    return
  }
  const { [name]: scopes, ...resourceSpans } = group
  if (isWrong(scopes)) sink.unreadable('import/not-a-span', `${name} that is no list.`)
  for (const scope of listOf(scopes)) {
    if (!isObject(scope)) {
      sink.unreadable('import/not-a-span', 'A scope group that is not an object.')
      continue
    }
    const { spans, Spans, ...scopeSpans } = scope
    if (isWrong(spans ?? Spans)) sink.unreadable('import/not-a-span', 'Spans that are no list.')
    const context: OtlpContext = { resourceSpans, scopeSpans }
    for (const span of listOf(spans ?? Spans)) {
      if (isObject(span)) sink.span(span, context)
      else sink.unreadable('import/not-a-span', 'A span that is not an object.')
    }
  }
}

/** Something that is no list, where one is expected; nothing at all is an empty one. */
function isWrong(list: unknown): boolean {
  return list !== undefined && list !== null && !Array.isArray(list)
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan | NotASpan {
  const span = record as Fields
  const traceId = idOf(field(span, 'traceId', 'trace_id'), defer)
  const spanId = idOf(field(span, 'spanId', 'span_id'), defer)
  const startField = field(span, 'startTimeUnixNano', 'start_time_unix_nano')
  const name = textIn(span['name'], defer)
  if (traceId === '' && spanId === '' && startField === undefined && name === undefined) {
    return {
      code: 'import/not-a-span',
      message: 'Here stands an object without ids, name and time where a span is expected.',
    }
  }
  const { events, links } = span
  const status = isObject(span['status']) ? span['status'] : nothing
  const { code, message } = status
  const written: WrittenSpan = {
    traceId,
    spanId,
    parentId: idOf(field(span, 'parentSpanId', 'parent_span_id'), defer),
    name,
    start: timeOf(startField),
    end: timeOf(field(span, 'endTimeUnixNano', 'end_time_unix_nano')),
    code: typeof code === 'number' || typeof code === 'string' ? String(code) : undefined,
    message: typeof message === 'string' ? (message.charCodeAt(0) === 0 ? defer(message) : message) : undefined,
    attributes: readAttributes(span['attributes'], defer),
    events: Array.isArray(events) && events.length > 0 ? events.flatMap(event => readEvent(event, defer)) : none,
    links: Array.isArray(links) && links.length > 0 ? links.flatMap(link => readLink(link, defer)) : none,
  }
  return spanOf(written, context as OtlpContext, defer)
}

const none: readonly never[] = []
const nothing: Fields = {}

function readEvent(written: unknown, defer: Defer): RawEvent[] {
  if (!isObject(written)) return []
  const time = timeOf(field(written, 'timeUnixNano', 'time_unix_nano'))
  const attributes = readAttributes(written['attributes'], defer)
  return [{ name: textIn(written['name'], defer) ?? '', ...(time === undefined ? {} : { time }), attributes }]
}

function readLink(written: unknown, defer: Defer): RawLink[] {
  if (!isObject(written)) return []
  const traceId = idOf(field(written, 'traceId', 'trace_id'), defer)
  const spanId = idOf(field(written, 'spanId', 'span_id'), defer)
  return traceId === '' && spanId === ''
    ? []
    : [{ traceId, spanId, attributes: readAttributes(written['attributes'], defer) }]
}

/** `kind`, `flags` and `traceState` are kept: they say nothing of a model call. */
const fields: KnownNames = {
  reads: [
    ...words('traceId spanId parentSpanId startTimeUnixNano endTimeUnixNano name status attributes'),
    ...words('trace_id span_id parent_span_id start_time_unix_nano end_time_unix_nano events links'),
  ],
  keeps: ['kind', 'flags', 'traceState', 'trace_state', 'dropped*Count', 'dropped_*_count'],
}

export const otlpJson: TraceFormat = {
  id: 'otlp-json',
  label: 'OTLP JSON',
  detect,
  fields,
  open: stateless(read),
  rawSpan,
}
