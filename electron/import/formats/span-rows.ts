// Spans as plain objects, the way the Python SDK prints them (`span.to_json()`), home-made exporters write rows, Phoenix
// answers its API, and Logfire its queries: https://opentelemetry.io/docs/languages/python/exporters/#console,
// https://arize.com/docs/phoenix/sdk-api-reference, https://logfire.pydantic.dev/docs/how-to-guides/query-api/
// One a line, in an array, printed one after another, or wrapped: `{session_id, spans: […]}`, `{data: […], next_cursor}`.
// Left out: columns beside a span's own parts; the kept record shows them.

import { words } from '../../../shared/conventions/names.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { AttributeValue, Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { rawNumber } from '../numbers.ts'
import { alone, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { asLogfire } from './logfire-spans.ts'
import { attributesOf, spanOfFields } from './span-fields.ts'
import { isObject, listOf, plainAttributes, plainValue, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  if (isSpanRow(record)) return 'certain'
  const wrapped = listIn(record)?.[0]
  return isObject(wrapped) && isSpanRow(wrapped) ? 'certain' : 'no'
}

function isSpanRow(row: Fields): boolean {
  if (!('attributes' in row)) return false
  const at = isObject(row['context']) ? row['context'] : row
  return ('trace_id' in at && 'span_id' in at) || ('trace_id' in row && 'span_id' in row)
}

function listIn(record: Fields): readonly unknown[] | undefined {
  for (const name of ['spans', 'data', 'rows']) if (Array.isArray(record[name])) return record[name]
  return undefined
}

function read(record: JsonObject, sink: RecordSink): void {
  if (isSpanRow(record)) {
    sink.span(record, alone)
    return
  }
  const { spans, data, rows, ...wrapper } = record
  for (const row of listOf(spans ?? data ?? rows)) {
    if (isObject(row)) sink.span(row, wrapper)
    else sink.unreadable('import/not-a-span', 'A span that is not an object.')
  }
}

function rawSpan(record: object, wrapper: object, defer: Defer): RawSpan {
  const row = record as Fields
  const at = isObject(row['context']) ? row['context'] : row
  const raw = spanOfFields(
    {
      traceId: at['trace_id'] ?? row['trace_id'],
      spanId: at['span_id'] ?? row['span_id'],
      parentId: row['parent_span_id'] ?? row['parent_id'],
      name: row['name'] ?? row['span_name'],
      start: row['start_time'] ?? row['start_timestamp'] ?? row['start_time_unix_nano'],
      end: row['end_time'] ?? row['end_timestamp'] ?? row['end_time_unix_nano'],
      duration: lengthOf(row),
      status: row['status'] ?? row['status_code'] ?? row['otel_status_code'],
      message: row['status_message'] ?? row['otel_status_message'],
      attributes: readAttributes(row, defer),
      events: row['events'] ?? row['span_events'] ?? row['otel_events'],
      links: row['links'] ?? row['otel_links'],
      resource: row['resource'] ?? row['otel_resource_attributes'],
      scope:
        row['scope'] ??
        row['instrumentation_scope'] ??
        row['instrumentation_info'] ??
        present({ name: row['otel_scope_name'], version: row['otel_scope_version'] }),
    },
    defer,
  )
  raw.resource = { ...columnsOf(wrapper as Fields, row, defer), ...raw.resource }
  Object.setPrototypeOf(raw.resource, null)
  return asLogfire(raw)
}

/** Phoenix's answers have a span's kind and what was judged of it beside the attributes. */
function readAttributes(row: Fields, defer: Defer): Attributes {
  const attributes = attributesOf(row['attributes'], defer)
  const { span_kind: kind, annotations } = row
  const all = Object.assign(Object.create(null) as Record<string, AttributeValue>, attributes)
  if (typeof kind === 'string' && kind !== '') all['openinference.span.kind'] ??= kind
  if (Array.isArray(annotations) && annotations.length > 0) all['annotations'] ??= plainValue(annotations, defer)
  return all
}

/** What is said once for all rows, or in a column, and which a resource would otherwise say. */
const resourceColumns = [
  ['session_id', 'session.id'],
  ['service_name', 'service.name'],
  ['service_version', 'service.version'],
  ['deployment_environment', 'deployment.environment.name'],
] as const

function columnsOf(wrapper: Fields, row: Fields, defer: Defer): Attributes {
  const found: Record<string, unknown> = {}
  for (const [column, name] of resourceColumns) {
    const value = row[column] ?? wrapper[column]
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  return plainAttributes(found, defer)
}

/** Logfire's `duration` is in seconds; home-made rows say their unit. */
function lengthOf(row: Fields): Nanoseconds | undefined {
  const nanos = row['duration_ns']
  if (typeof nanos === 'number' && Number.isSafeInteger(nanos)) return BigInt(nanos)
  const written = row['duration_ms'] ?? row['latency_ms']
  if (written !== undefined && written !== null) return millisecondsToNano(rawNumber(written) ?? written)
  if (!('start_timestamp' in row)) return undefined
  const seconds = millisecondsToNano(rawNumber(row['duration']) ?? row['duration'])
  return seconds === undefined ? undefined : seconds * 1000n
}

function present(fields: Fields): Fields | undefined {
  return Object.values(fields).some(value => typeof value === 'string') ? fields : undefined
}

export const spanRows: TraceFormat = {
  id: 'span-rows',
  label: 'Span objects',
  detect,
  fields: {
    reads: [
      ...words('context trace_id span_id parent_span_id parent_id name span_name attributes'),
      ...words('start_time start_timestamp start_time_unix_nano end_time end_timestamp end_time_unix_nano'),
      ...words('duration duration_ns duration_ms latency_ms status status_code status_message'),
      ...words('otel_status_code otel_status_message events span_events otel_events links otel_links'),
      ...words('resource otel_resource_attributes scope instrumentation_scope instrumentation_info'),
      ...words('otel_scope_name otel_scope_version span_kind annotations id'),
      ...resourceColumns.map(([column]) => column),
    ],
    keeps: ['kind', 'trace_state', 'trace_flags', 'flags', 'dropped_*', 'otel_scope_attributes'],
  },
  open: stateless(read),
  rawSpan,
}
