// Phoenix's dataframe of spans written as JSON lines: every part of a span is a column, `context.span_id`,
// `attributes.llm.model_name`. https://arize.com/docs/phoenix/tracing/how-to-tracing/importing-and-exporting-traces
// A column that only other rows have is null here, and no attribute of this span.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { AttributeValue, RawSpan } from '../../../shared/domain/raw-span.ts'
import { alone, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { isObject, listOf, nameOf, plainValue, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  if ('context.span_id' in record && 'context.trace_id' in record) return 'certain'
  const { data } = record
  return isAnnotation(record) || (Array.isArray(data) && isAnnotation(data[0])) ? 'certain' : 'no'
}

/** A verdict apart from its span: it names the span but no trace, so nothing says where it belongs. */
function isAnnotation(row: unknown): boolean {
  return isObject(row) && 'annotator_kind' in row && 'result' in row && 'span_id' in row && !('trace_id' in row)
}

function read(record: JsonObject, sink: RecordSink): void {
  if ('context.span_id' in record) sink.span(record, alone)
  else sink.skipped('Phoenix annotations, which name a span but no trace', Math.max(listOf(record['data']).length, 1))
}

const prefix = 'attributes.'

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const attributes = Object.create(null) as Record<string, AttributeValue>
  for (const written of Object.keys(row)) {
    const column = nameOf(written, defer)
    const value = row[written]
    if (column.startsWith(prefix) && value !== null) attributes[column.slice(prefix.length)] = plainValue(value, defer)
  }
  const kind = row['span_kind']
  if (typeof kind === 'string' && kind !== '') attributes['openinference.span.kind'] ??= kind
  return spanOfFields(
    {
      traceId: row['context.trace_id'],
      spanId: row['context.span_id'],
      parentId: row['parent_id'],
      name: row['name'],
      start: row['start_time'],
      end: row['end_time'],
      status: row['status_code'],
      message: row['status_message'],
      attributes,
      events: row['events'],
      links: row['links'],
    },
    defer,
  )
}

export const phoenixRows: TraceFormat = {
  id: 'phoenix-rows',
  label: 'Phoenix span table',
  detect,
  open: stateless(read),
  rawSpan,
}
