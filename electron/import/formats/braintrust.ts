// Braintrust's rows: what its SDKs log (`/logs3`), what `fetch` answers (`{events: [...]}`) and what its exports hold.
// https://www.braintrust.dev/docs/reference/api/Logs
// A span comes as several rows: those with `_is_merge` add to the first, also inside metrics, metadata and scores. So
// these are attributes under the names by which Braintrust's own queries know them (`metrics.tokens`), merged one by one.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Attributes, AttributeValue, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { isDeferred } from '../../../shared/conventions/values.ts'
import {
  alone,
  noAttributes,
  stateless,
  type Certainty,
  type Defer,
  type RecordSink,
  type TraceFormat,
} from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { idOf, isObject, listOf, plainAttributes, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  const row = rowsIn(record)?.[0] ?? record
  return isObject(row) && 'root_span_id' in row && ('span_attributes' in row || '_is_merge' in row) ? 'certain' : 'no'
}

function rowsIn(record: Fields): readonly unknown[] | undefined {
  for (const name of ['rows', 'events']) if (Array.isArray(record[name])) return record[name]
  return undefined
}

function read(record: JsonObject, sink: RecordSink): void {
  for (const row of rowsIn(record) ?? [record]) {
    if (isObject(row)) sink.span(row, alone)
    else sink.unreadable('import/not-a-span', 'A row that is not an object.')
  }
}

const merged = new Set(['metrics', 'metadata', 'scores', 'span_attributes', 'context'])

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const attributes = attributesOf(row, defer)
  const { error } = row
  const isMerge = row['_is_merge'] === true
  const [parent, ...others] = listOf(row['span_parents'])
  const metrics = isObject(row['metrics']) ? row['metrics'] : {}
  const raw = spanOfFields(
    {
      traceId: row['root_span_id'],
      spanId: row['span_id'] ?? row['id'],
      parentId: parent,
      name: isObject(row['span_attributes']) ? row['span_attributes']['name'] : undefined,
      // A row that only adds was created later than its span.
      start: metrics['start'] ?? (isMerge ? undefined : row['created']),
      end: metrics['end'],
      status: error === null || error === undefined ? undefined : 'ERROR',
      message: isObject(error) ? error['message'] : error,
      attributes,
    },
    defer,
  )
  const links = others.map((id): RawLink => ({
    traceId: raw.traceId,
    spanId: idOf(id, defer),
    attributes: noAttributes,
  }))
  return { ...raw, links, dialect: 'braintrust' }
}

function attributesOf(row: Fields, defer: Defer): Attributes {
  const attributes = Object.create(null) as Record<string, AttributeValue>
  // Which row of a span this is says nothing about the span.
  const { _is_merge, _merge_paths, ...rest } = row
  for (const [name, value] of Object.entries(plainAttributes(rest, defer))) {
    if (!merged.has(name) || !isObject(value) || isDeferred(value)) attributes[name] = value
    else for (const [inner, item] of Object.entries(value)) attributes[`${name}.${inner}`] = item
  }
  return attributes
}

export const braintrust: TraceFormat = {
  id: 'braintrust',
  label: 'Braintrust rows',
  detect,
  open: stateless(read),
  rawSpan,
}
