// Genkit's trace store (`.genkit/traces/<trace id>`, files without an extension): a trace with its spans keyed by id.
// https://github.com/genkit-ai/genkit/blob/main/genkit-tools/telemetry-server/src/file-trace-store.ts
// Times were microseconds in 2024 and are milliseconds with decimals since. The index beside the traces is counted only.

import { words } from '../../../shared/conventions/names.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { noAttributes, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { isObject, listOf, plainAttributes, type Fields } from './values.ts'

const indexFields = ['id', 'type', 'start', 'name']

function detect(record: JsonObject): Certainty {
  if ('spans' in record && 'displayName' in record && 'traceId' in record) return 'certain'
  const isIndex = indexFields.every(name => name in record) && Object.keys(record).every(name => allowed.has(name))
  return isIndex ? 'likely' : 'no'
}

const allowed = new Set([...indexFields, 'end', 'status'])

function read(record: JsonObject, sink: RecordSink): void {
  const { spans, ...trace } = record
  if (isObject(spans)) {
    for (const span of Object.values(spans)) {
      if (isObject(span)) sink.span(span, trace)
      else sink.unreadable('import/not-a-span', 'A span that is not an object.')
    }
  } else sink.skipped('Genkit trace index entries', 1)
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const span = record as Fields
  const raw = spanOfFields(
    {
      traceId: span['traceId'] ?? (context as Fields)['traceId'],
      spanId: span['spanId'],
      parentId: span['parentSpanId'],
      name: span['displayName'],
      start: span['startTime'],
      end: span['endTime'],
      status: span['status'],
      attributes: isObject(span['attributes']) ? plainAttributes(span['attributes'], defer) : noAttributes,
      events: eventsOf(span['timeEvents']),
      links: span['links'],
      scope: span['instrumentationLibrary'] ?? span['instrumentationScope'],
    },
    defer,
  )
  return { ...raw, dialect: 'genkit' }
}

function eventsOf(written: unknown): readonly Fields[] {
  return listOf(isObject(written) ? written['timeEvent'] : undefined).flatMap(event => {
    const said = isObject(event) ? event['annotation'] : undefined
    return isObject(event) && isObject(said)
      ? [{ time: event['time'], name: said['description'], attributes: said['attributes'] }]
      : []
  })
}

export const genkit: TraceFormat = {
  id: 'genkit',
  label: 'Genkit traces',
  detect,
  fields: {
    reads: [
      ...words('traceId spanId parentSpanId displayName startTime endTime status attributes'),
      ...words('timeEvents links instrumentationLibrary instrumentationScope'),
    ],
    keeps: ['spanKind', 'sameProcessAsParentSpan', 'truncated'],
  },
  open: stateless(read),
  rawSpan,
}
