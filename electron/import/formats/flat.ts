// One row, one span: what applications write that log their model calls themselves. The schema and its variants are in
// the golden files. There is no specification. Meaning beyond ids, times and status is the `flat` convention's.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Status } from '../../../shared/domain/kind.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import { ownNames } from '../../../shared/domain/own-names.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano, parseTime, ulidTime } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { noAttributes, stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { rawNumber } from '../numbers.ts'
import { idOf, isObject, markTimes, nameOf, plainAttributes, type Fields } from './values.ts'

/** Names that hardly anybody else uses. */
const telling = new Set([
  'prompt_name',
  'prompt_version',
  'model_name',
  'model_provider',
  'cost_usd',
  'retrieval_document_ids',
  'eval_scores',
  'latency_ms',
  'user_id_hash',
  'input_tokens',
  'output_tokens',
])

/** Names by which other formats that also have trace and span ids are known. */
const foreign = [
  'attributes',
  'context',
  'spanContext',
  'run_type',
  'dotted_order',
  'root_span_id',
  'span_attributes',
  'call_type',
  'spans',
  'observations',
  'span_data',
]

function detect(record: JsonObject): Certainty {
  let found = 0
  for (const key in record) if (telling.has(key)) found++
  if (found === 0) return isPlainRow(record) ? 'certain' : 'no'
  if (foreign.some(key => key in record)) return 'no'
  if ('trace_id' in record) return 'span_id' in record ? 'certain' : 'likely'
  return found >= 3 ? 'likely' : 'no'
}

/** What a row has that tells of no call: a tool says no model. Nothing else may stand in it. */
const plain: ReadonlySet<string> = new Set(
  `trace_id span_id parent_span_id name kind start_time end_time status error_type environment application feature
  tenant_id team user_id session_id release temperature cache_read_tokens cache_write_tokens reasoning_tokens response_id
  messages completion input output tool_calls tags metadata ${ownNames.unanswered}`.split(/\s+/),
)

function isPlainRow(record: JsonObject): boolean {
  if (!('trace_id' in record && 'span_id' in record && 'name' in record && 'kind' in record)) return false
  return Object.keys(record).every(key => plain.has(key))
}

const context = Object.freeze({})

function read(record: JsonObject, sink: RecordSink): void {
  sink.span(record, context)
}

const statuses: { readonly [word: string]: Status | undefined } = Object.assign(
  Object.create(null) as object,
  {
    error: 'error',
    failed: 'error',
    failure: 'error',
    timeout: 'error',
  } as const,
)

/** Words the schema does not list (`degraded_quality`) stay what they are, on a span that went well. */
function readStatus(written: unknown, defer: Defer): Status {
  if (typeof written === 'boolean') return written ? 'ok' : 'error'
  if (typeof written !== 'string' || written === '') return 'unset'
  return statuses[nameOf(written, defer).trim().toLowerCase()] ?? 'ok'
}

function first(row: Fields, names: readonly string[]): unknown {
  for (const name of names) {
    const value = row[name]
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

function textOfFirst(row: Fields, names: readonly string[], defer: Defer): string | undefined {
  const value = first(row, names)
  if (typeof value === 'string') return nameOf(value, defer)
  return typeof value === 'number' ? String(value) : undefined
}

function lengthOf(written: unknown): Nanoseconds | undefined {
  return millisecondsToNano(rawNumber(written) ?? written)
}

const startNames = ['start_time', 'timestamp', 'started_at', 'created_at', 'ts', 'time']
const endNames = ['end_time', 'ended_at']

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const marks: Mark[] = []
  const traceId = firstId(row, ['trace_id', 'traceId'], defer)
  const spanId = firstId(row, ['span_id', 'spanId'], defer)
  const parent = firstId(row, ['parent_span_id', 'parent_id', 'parentSpanId'], defer)
  if (parent !== '' && parent === spanId) marks.push('self-parent')
  const written = parseTime(first(row, startNames))
  if (written?.noZone) marks.push('no-zone')
  const start = written?.ns ?? inferTime(spanId, traceId, marks)
  const end = parseTime(first(row, endNames))?.ns
  const duration = lengthOf(first(row, ['latency_ms', 'duration_ms']))
  if (start === undefined) {
    marks.push('undated')
    if (duration !== undefined && duration < 0n) marks.push('negative-duration')
  } else markTimes(marks, { start, end, duration })
  return {
    traceId,
    spanId,
    ...(parent === '' || parent === spanId ? {} : { parentId: parent }),
    name: textOfFirst(row, nameFields, defer) ?? '',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(duration === undefined || (start !== undefined && end !== undefined) ? {} : { duration }),
    status: readStatus(row['status'], defer),
    attributes: plainAttributes(row, defer),
    events: [],
    links: [],
    resource: noAttributes,
    scope: noScope,
    marks,
  }
}

const nameFields = ['name', 'span_name', 'operation', 'prompt_name', 'feature', 'model_name', 'model', 'application']
const noScope = { attributes: noAttributes }

/** A ULID holds the time it was made: the best there is where the row has none. */
function inferTime(spanId: string, traceId: string, marks: Mark[]): Nanoseconds | undefined {
  const time = ulidTime(spanId) ?? ulidTime(traceId)
  if (time !== undefined) marks.push('inferred-time')
  return time
}

function firstId(row: Fields, names: readonly string[], defer: Defer): string {
  const value = first(row, names)
  if (isObject(value)) return ''
  return idOf(value, defer)
}

export const flat: TraceFormat = { id: 'flat', label: 'Flat rows (JSONL)', detect, open: stateless(read), rawSpan }
