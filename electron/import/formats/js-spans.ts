// ReadableSpan of the JavaScript SDK through JSON.stringify, versions 1 and 2: what home-made exporters and several command
// line tools append to a file. https://github.com/open-telemetry/opentelemetry-js/tree/main/packages/opentelemetry-sdk-trace-base
// `kind` is the API's enumeration (INTERNAL 0, CLIENT 2), one less than OTLP's.

import { words } from '../../../shared/conventions/names.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { eachRecord, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { attributesOf, spanOfFields } from './span-fields.ts'
import { isObject, type Fields } from './values.ts'

function contextOf(span: Fields): Fields | undefined {
  const context = span['_spanContext'] ?? span['spanContext']
  return isObject(context) && 'traceId' in context ? context : undefined
}

function detect(record: JsonObject): Certainty {
  return contextOf(record) && ('startTime' in record || 'attributes' in record) ? 'certain' : 'no'
}

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const span = record as Fields
  const context = contextOf(span) ?? {}
  const parent = isObject(span['parentSpanContext']) ? span['parentSpanContext']['spanId'] : span['parentSpanId']
  return spanOfFields(
    {
      traceId: context['traceId'],
      spanId: context['spanId'],
      parentId: parent,
      name: span['name'],
      start: span['startTime'],
      end: span['endTime'],
      status: span['status'],
      attributes: attributesOf(span['attributes'], defer),
      events: span['events'],
      links: span['links'],
      resource: span['resource'] ?? span['_resource'],
      scope: span['instrumentationScope'] ?? span['instrumentationLibrary'],
    },
    defer,
  )
}

export const jsSpans: TraceFormat = {
  id: 'js-spans',
  label: 'JavaScript SDK spans',
  detect,
  fields: {
    reads: [
      ...words('spanContext _spanContext parentSpanContext parentSpanId name startTime endTime status'),
      ...words('attributes events links resource _resource instrumentationScope instrumentationLibrary'),
    ],
    // The SDK's own state, which `JSON.stringify` shows as well.
    keeps: ['kind', 'duration', 'ended', '_*', 'dropped*Count'],
  },
  open: eachRecord,
  rawSpan,
}
