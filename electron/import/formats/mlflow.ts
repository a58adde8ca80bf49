// MLflow traces, schema 2 and 3, one object a trace: `{info, data: {spans}}`.
// https://mlflow.org/docs/latest/genai/tracing/concepts/trace
// Left out: previews, which are cut; they stay in what is kept around the spans.

import { words } from '../../../shared/conventions/names.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Attributes, AttributeValue, DeferredText, RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseScalarJson } from '../../../shared/conventions/json-text.ts'
import { isDeferred } from '../../../shared/conventions/values.ts'
import {
  bareSpan,
  noAttributes,
  stateless,
  type Certainty,
  type Defer,
  type RecordSink,
  type TraceFormat,
} from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import {
  isObject,
  listOf,
  normalId,
  plainAttributes,
  textIn,
  type Fields,
  contextIn,
  type ContextShape,
} from './values.ts'

interface MlflowContext {
  readonly info: Fields
  /** Schema 2 repeats the trace's input and output beside the spans. */
  readonly request?: unknown
  readonly response?: unknown
  /** The span that stands for the trace: what is said of the trace is said of it. */
  readonly root?: string
}

function detect(record: JsonObject): Certainty {
  const { info } = record
  if (!isObject(info) || spansOf(record) === undefined) return 'no'
  return 'trace_id' in info || 'request_id' in info ? 'certain' : 'likely'
}

function spansOf(record: Fields): readonly unknown[] | undefined {
  const { data } = record
  return isObject(data) && Array.isArray(data['spans']) ? data['spans'] : undefined
}

function read(record: JsonObject, sink: RecordSink): void {
  const spans = spansOf(record) ?? []
  const { assessments, ...info } = record['info'] as Fields
  const first = spans.filter(isObject).find(span => (span['parent_span_id'] ?? span['parent_id'] ?? null) === null)
  const text: Defer = written => sink.text(written)
  const root = first && spanIdOf(first, text)
  const { request, response } = record['data'] as Fields
  const context: MlflowContext = {
    info,
    ...(root === undefined ? {} : { root }),
    ...(request === undefined || request === null ? {} : { request }),
    ...(response === undefined || response === null ? {} : { response }),
  }
  for (const span of spans) {
    if (isObject(span)) sink.span(span, context)
    else sink.unreadable('import/not-a-span', 'A span that is not an object.')
  }
  for (const assessment of listOf(assessments)) if (isObject(assessment)) sink.span(assessment, context)
  if (spans.length === 0) sink.skipped('MLflow traces without spans', 1)
}

function spanIdOf(span: Fields, text: Defer): string | undefined {
  const context = isObject(span['context']) ? span['context'] : span
  return normalId(context['span_id'], text)
}

/** `tr-<hex>`, and from schema 4 `trace:/<location>/<id>`: the same id as its spans have. */
function traceIdOf(info: Fields, defer: Defer): string | undefined {
  const written = textIn(info['trace_id'] ?? info['request_id'], defer)
  if (written === undefined) return undefined
  const id = written.startsWith('trace:/') ? written.slice(written.lastIndexOf('/') + 1) : written
  return normalizeId(id.replace(/^tr-/, ''))
}

const shape: ContextShape<Pick<MlflowContext, 'info' | 'root'>> = { info: 'object', root: 'string' }

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const { info = {}, root } = contextIn(context, shape)
  if ('assessment_name' in row || 'assessment_id' in row) return assessmentSpan(row, info, root, defer)
  const at = isObject(row['context']) ? row['context'] : row
  const status = isObject(row['status']) ? row['status'] : { code: row['status_code'], message: row['status_message'] }
  const raw = spanOfFields(
    {
      traceId: traceIdOf(info, defer) ?? at['trace_id'],
      spanId: at['span_id'],
      parentId: row['parent_span_id'] ?? row['parent_id'],
      name: row['name'],
      start: row['start_time_unix_nano'] ?? row['start_time'],
      end: row['end_time_unix_nano'] ?? row['end_time'],
      status: status['code'],
      message: status['message'],
      attributes: decoded(row['attributes'], defer),
      events: row['events'],
      links: row['links'],
    },
    defer,
  )
  const { root: _root, ...around } = context as Partial<MlflowContext>
  raw.resource = plainAttributes(around, defer)
  raw.dialect = dialect
  return raw
}

const dialect = 'mlflow'

/** Every attribute is the JSON of its value, texts with their quotes. Structures stay the texts they are. */
function decoded(written: unknown, defer: Defer): Attributes {
  if (!isObject(written)) return noAttributes
  const attributes = Object.create(null) as Record<string, AttributeValue>
  const all = plainAttributes(written, defer)
  for (const name in all) {
    const value = all[name]!
    attributes[name] = typeof value === 'string' ? decode(value) : isDeferred(value) ? decodeLater(value) : value
  }
  return attributes
}

function decode(text: string): AttributeValue {
  if (text.startsWith('"')) return (parseScalarJson(text) as string | undefined) ?? text
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text
}

function decodeLater(text: DeferredText): DeferredText {
  return {
    deferred: true,
    read: () => {
      const value = decode(text.read())
      return typeof value === 'string' ? value : text.read()
    },
  }
}

function assessmentSpan(row: Fields, info: Fields, root: string | undefined, defer: Defer): RawSpan {
  const written = row['span_id']
  const traceId = traceIdOf(info, defer) ?? ''
  const name = `assessments.${textIn(row['assessment_id'], defer) ?? textIn(row['assessment_name'], defer) ?? ''}`
  const attributes = Object.create(null) as Record<string, AttributeValue>
  attributes[name] = plainAttributes(row, defer)
  return {
    traceId,
    spanId: normalId(written, defer) ?? root ?? traceId,
    name: '',
    status: 'unset',
    attributes,
    ...bareSpan,
    resource: plainAttributes({ info }, defer),
    marks: [],
    dialect,
    fragment: true,
  }
}

export const mlflow: TraceFormat = {
  id: 'mlflow',
  label: 'MLflow traces',
  detect,
  // Of spans; an assessment is read whole.
  fields: {
    reads: [
      ...words('trace_id span_id context parent_span_id parent_id name start_time end_time'),
      ...words('start_time_unix_nano end_time_unix_nano status status_code status_message attributes'),
      ...words('events links assessment_id assessment_name source feedback expectation rationale'),
    ],
    keeps: ['create_time', 'last_update_time', 'span_type', 'trace_state', 'metadata', 'valid', 'overrides'],
  },
  open: stateless(read),
  rawSpan,
}
