// Log records that say what a model call exchanged: https://opentelemetry.io/docs/specs/otel/logs/data-model/
// Instrumentations of OpenTelemetry GenAI before 1.37 put the whole conversation there and leave the span with numbers only.
// As OTLP/JSON requests, and as the Python SDK prints log records. A record is a fragment of the span it names, and a
// generation of its own where that never comes. Coding agents report their calls in log records without spans
// (agent-logs.ts). All other log records are counted.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { withOwn } from '../../../shared/conventions/values.ts'
import type { AttributeValue, Attributes, RawEvent, RawSpan } from '../../../shared/domain/raw-span.ts'
import {
  noAttributes,
  stateless,
  type Certainty,
  type Defer,
  type RecordSink,
  type SpanOrigin,
  type TraceFormat,
} from '../format.ts'
import { agentEvent, spanOfAgentEvent } from './agent-logs.ts'
import { firstOf, surroundingsOf, timeOf, type OtlpContext } from './otlp-around.ts'
import { field, readAnyValue, readAttributes } from './otlp-values.ts'
import { timeOf as anyTimeOf } from './span-fields.ts'
import { idOf, isObject, listOf, nameOf, textIn, type Fields } from './values.ts'

const logNames = { groups: ['resourceLogs', 'resource_logs'], scopes: ['scopeLogs', 'scope_logs'] } as const

/** What else a record needs to be read again. */
interface LogContext extends OtlpContext {
  /** Its number among equal records of one request: a history may hold the same message twice at the same time. */
  readonly repeat?: number
}

export function hasLogs(record: Fields): boolean {
  return firstOf(record, logNames.groups) !== undefined
}

function detect(record: JsonObject): Certainty {
  return hasLogs(record) || isPrinted(record) ? 'certain' : 'no'
}

/** As `LogRecord.to_json()` of the Python SDK prints one. */
function isPrinted(record: Fields): boolean {
  return 'body' in record && 'severity_number' in record && ('trace_id' in record || 'observed_timestamp' in record)
}

/** Log records of one request or, printed, of one record. A format that meets some among its own hands them on. */
export function readLogs(record: Fields, sink: RecordSink, origin?: SpanOrigin): void {
  let others = 0
  if (isPrinted(record)) {
    if (tells(record, sink)) sink.span(record, alone, origin)
    else others++
  }
  const name = firstOf(record, logNames.groups)
  for (const group of listOf(name === undefined ? undefined : record[name])) {
    if (isObject(group)) others += readGroup(group, sink, origin)
  }
  if (others > 0) sink.skipped('OTLP log records that tell of no model call', others)
}

const alone: OtlpContext = { resourceSpans: {}, scopeSpans: {} }

function readGroup(group: Fields, sink: RecordSink, origin: SpanOrigin | undefined): number {
  const name = firstOf(group, logNames.scopes)
  if (name === undefined) return 0
  const { [name]: scopes, ...resourceSpans } = group
  let others = 0
  for (const scope of listOf(scopes)) {
    if (!isObject(scope)) continue
    const { logRecords, log_records, ...scopeSpans } = scope
    const contexts: LogContext[] = [{ resourceSpans, scopeSpans }]
    const seen = new Map<string, number>()
    for (const record of listOf(logRecords ?? log_records)) {
      if (!isObject(record) || !tells(record, sink)) {
        others++
        continue
      }
      const text = print(record)
      const before = seen.get(text) ?? 0
      seen.set(text, before + 1)
      const context = (contexts[before] ??= { resourceSpans, scopeSpans, repeat: before + 1 })
      sink.span(record, context, origin)
    }
  }
  return others
}

/** Long texts are references here, equal for equal texts. */
function print(record: Fields): string {
  return JSON.stringify(record, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

/** Whether a log record tells of a model call. */
function tells(record: Fields, sink: RecordSink): boolean {
  const name = eventNameOf(record, text => sink.text(text))
  if (name === undefined) return false
  if (name.startsWith('gen_ai.')) return true
  const event = agentEvent(name)
  // Of a stream only its end says what it cost.
  return event === 'sse_event'
    ? oneOf(record['attributes'], 'event.kind') === 'response.completed'
    : event !== undefined
}

/** In `eventName`; before that in an attribute; Claude Code writes the full name as the body, the oldest in the body's `name`. */
function eventNameOf(record: Fields, defer: Defer): string | undefined {
  const { body } = record
  const said = textIn(isObject(body) ? body['stringValue'] : body, shortOnly(defer))
  if (said?.startsWith('claude_code.')) return said
  const own = textIn(field(record, 'eventName', 'event_name'), defer)
  if (own !== undefined && own !== '') return own
  const attribute = oneOf(record['attributes'], 'event.name')
  if (typeof attribute === 'string') return nameOf(attribute, defer)
  const inner = isObject(body) ? (oneOf(valuesOf(body), 'name') ?? body['name']) : undefined
  return typeof inner === 'string' && inner.startsWith('gen_ai.') ? inner : undefined
}

/** A name is never so long that it was cut out. */
function shortOnly(defer: Defer): Defer {
  return text => (text.charCodeAt(0) === 0 ? '' : defer(text))
}

function valuesOf(body: Fields): unknown {
  const map = field(body, 'kvlistValue', 'kvlist_value')
  return isObject(map) ? map['values'] : undefined
}

/** One attribute out of OTLP's pairs or a plain object, without reading the others. */
function oneOf(written: unknown, key: string): unknown {
  if (isObject(written)) return written[key]
  for (const pair of listOf(written)) {
    if (isObject(pair) && pair['key'] === key) return readAnyValue(pair['value'], text => text)
  }
  return undefined
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const log = record as Fields
  const { resource, scope } = surroundingsOf(context as OtlpContext, defer)
  const around = isObject(log['resource']) ? readAttributes(log['resource']['attributes'], defer) : resource
  const name = eventNameOf(log, defer) ?? ''
  const time =
    timeOf(field(log, 'timeUnixNano', 'time_unix_nano')) ??
    timeOf(field(log, 'observedTimeUnixNano', 'observed_time_unix_nano')) ??
    anyTimeOf(log['timestamp'] ?? log['observed_timestamp'])?.ns
  const traceId = idOf(field(log, 'traceId', 'trace_id'), defer)
  const spanId = idOf(field(log, 'spanId', 'span_id'), defer)
  const attributes = readAttributes(log['attributes'], defer)
  const said = { traceId, spanId, name, attributes, resource: around, scope, ...(time === undefined ? {} : { time }) }
  if (agentEvent(name) !== undefined) return spanOfAgentEvent(said)
  const event: RawEvent = {
    name,
    ...(time === undefined ? {} : { time }),
    attributes: withBody(log, name, attributes, defer),
  }
  return {
    traceId,
    spanId,
    name,
    ...(time === undefined ? {} : { start: time }),
    status: 'unset',
    attributes: noAttributes,
    events: Array.from({ length: timesOf(context) }, () => event),
    links: [],
    resource: around,
    scope,
    marks: [],
    fragment: true,
  }
}

/** How often the record stands in its request. A bundle may claim anything. */
function timesOf(context: object): number {
  const { repeat } = context as Partial<LogContext>
  return typeof repeat === 'number' && repeat >= 1 ? Math.min(Math.floor(repeat), mostRepeats) : 1
}

const mostRepeats = 10_000

/** The record's attributes with its body beside them, less the name that only says which event this is. */
function withBody(log: Fields, name: string, attributes: Attributes, defer: Defer): Attributes {
  const { body } = log
  if (body === undefined || body === null) return attributes
  let read: AttributeValue = readAnyValue(body, defer)
  if (isObject(read) && read['name'] === name) {
    const { name: _, ...rest } = read
    read = Object.assign(Object.create(null) as Record<string, AttributeValue>, rest)
  }
  return withOwn(attributes, 'body', read)
}

export const otlpLogs: TraceFormat = {
  id: 'otlp-logs',
  label: 'OTLP log records',
  detect,
  open: stateless(readLogs),
  rawSpan,
}
