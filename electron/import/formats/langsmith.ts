// LangSmith: rows of runs as scripts over its API write them, runs nested in `child_runs`, pages of a query, the bodies its
// SDKs send (`{post, patch}`, or a form with a part for each field) and feedback. https://docs.langchain.com/langsmith/run-data-format
// Left out: the bulk export, which is Parquet.

import { normalizeId } from '../../../shared/domain/ids.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Status } from '../../../shared/domain/kind.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { AttributeValue, RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import {
  alone,
  bareSpan,
  type Certainty,
  type Defer,
  type RecordReader,
  type RecordSink,
  type TraceFormat,
} from '../format.ts'
import {
  isObject,
  listOf,
  markTimes,
  idOf,
  nameOf,
  normalId,
  plainAttributes,
  textIn,
  type Fields,
  contextIn,
  type ContextShape,
  printed,
} from './values.ts'

interface RunContext {
  /** Of a run that stands inside another, where it does not say so itself. */
  readonly traceId?: string
  readonly parentId?: string
  /** The run of which the record is a part, under the name of its field. */
  readonly partOf?: string
}

function detect(record: JsonObject): Certainty {
  if (isRun(record) || isPart(record)) return 'certain'
  if (isFeedback(record)) return 'feedback_source' in record || 'comment' in record ? 'certain' : 'likely'
  const { post, patch, runs } = record
  if (Array.isArray(post) && Array.isArray(patch)) {
    const first: unknown = post[0] ?? patch[0]
    return isObject(first) && ('dotted_order' in first || 'run_type' in first || 'trace_id' in first) ? 'certain' : 'no'
  }
  const first: unknown = Array.isArray(runs) ? runs[0] : undefined
  return isObject(first) && isRun(first) ? 'certain' : 'no'
}

function isRun(record: Fields): boolean {
  return (
    'run_type' in record && 'id' in record && ('dotted_order' in record || 'trace_id' in record || 'inputs' in record)
  )
}

/** A part of a captured form (multipart-text.ts). */
function isPart(record: Fields): boolean {
  return typeof record['multipart'] === 'string' && 'body' in record
}

function isFeedback(record: Fields): boolean {
  return 'run_id' in record && 'key' in record && ('score' in record || 'value' in record)
}

/** Of so many runs the trace is remembered, for feedback that names only the run; and so much feedback may wait. */
const mostRuns = 200_000
const mostWaiting = 20_000

class Reader implements RecordReader {
  private readonly traces = new Map<string, string>()
  private waiting: { json: string; run: string; line: number }[] = []

  read(record: JsonObject, sink: RecordSink): void {
    const { post, patch, runs } = record
    if (isPart(record)) this.part(record, sink)
    else if (isFeedback(record) && !isRun(record)) this.feedback(record, sink)
    else if (Array.isArray(post) || Array.isArray(patch)) this.list([...listOf(post), ...listOf(patch)], sink)
    else if (Array.isArray(runs)) this.list(runs, sink)
    else this.run(record, alone, sink)
  }

  private list(runs: readonly unknown[], sink: RecordSink): void {
    for (const run of runs) {
      if (isObject(run)) this.run(run, alone, sink)
      else sink.unreadable('import/not-a-span', 'A run that is not an object.')
    }
  }

  private run(run: Fields, context: RunContext, sink: RecordSink): void {
    const { child_runs: children, ...own } = run
    sink.span(own, context)
    const text: Defer = written => sink.text(written)
    const id = idOfRun(own, text)
    const traceId = traceOfRun(own, text) || (context.traceId ?? id)
    if (id !== '' && traceId !== id && this.traces.size < mostRuns) this.traces.set(id, traceId)
    for (const child of listOf(children)) {
      if (isObject(child)) this.run(child, { traceId, parentId: id }, sink)
      else sink.unreadable('import/not-a-span', 'A run that is not an object.')
    }
  }

  /** `post.<id>` is a run, `post.<id>.inputs` one field of it; the fields of a run come after it. */
  private part(record: Fields, sink: RecordSink): void {
    const { body } = record
    const found = /^(post|patch|feedback)\.([^.]{1,64})(?:\.(\w{1,40}))?$/.exec(sink.text(printed(record['multipart'])))
    const field = found?.[3]
    const run = normalizeId(found?.[2])
    if (!found || run === undefined) sink.skipped('Parts of a form that are no runs', 1)
    else if (field !== undefined) {
      sink.span({ [field]: body }, { partOf: run, traceId: this.traces.get(run) ?? run })
    } else if (!isObject(body)) sink.unreadable('import/not-a-span', 'A run that is not an object.')
    else if (found[1] === 'feedback') this.feedback(body, sink)
    else this.run(body, alone, sink)
  }

  /** Feedback may stand before its run, and may leave out the trace. */
  private feedback(record: Fields, sink: RecordSink): void {
    const text: Defer = written => sink.text(written)
    const run = idOf(record['run_id'], text)
    if (normalId(record['trace_id'], text) !== undefined || this.waiting.length >= mostWaiting) sink.span(record, alone)
    else this.waiting.push({ json: sink.hold(record), run, line: sink.line })
  }

  end(sink: RecordSink): void {
    for (const { json, run, line } of this.waiting) {
      const traceId = this.traces.get(run)
      sink.compose(json, record => sink.span(record, traceId === undefined ? alone : { traceId }), line)
    }
    this.waiting = []
  }
}

function idOfRun(run: Fields, defer: Defer): string {
  return normalId(run['id'], defer) ?? orderOf(run, defer).at(-1) ?? ''
}

function traceOfRun(run: Fields, defer: Defer): string {
  return normalId(run['trace_id'], defer) ?? orderOf(run, defer)[0] ?? ''
}

/** `<time>Z<id>.<time>Z<id>…`, from the root down. */
function orderOf(run: Fields, defer: Defer): readonly string[] {
  const order = run['dotted_order']
  if (typeof order !== 'string') return []
  return nameOf(order, defer)
    .split('.')
    .flatMap(step => normalizeId(step.slice(step.indexOf('Z') + 1)) ?? [])
}

const shape: ContextShape<RunContext> = { traceId: 'string', parentId: 'string', partOf: 'string' }

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const around = contextIn(context, shape)
  if (isFeedback(row) && !isRun(row)) return feedbackSpan(row, around, defer)
  const marks: Mark[] = []
  const spanId = around.partOf ?? idOfRun(row, defer)
  const parent = parentOf(row, defer) ?? around.parentId ?? ''
  if (parent !== '' && parent === spanId) marks.push('self-parent')
  const start = timeOf(row['start_time']) ?? timeInOrder(row, defer)
  const end = timeOf(row['end_time'])
  if (around.partOf === undefined) markTimes(marks, { start, end })
  const error = row['error']
  const message = typeof error === 'string' ? (error.charCodeAt(0) === 0 ? defer(error) : error) : undefined
  return {
    traceId: traceOfRun(row, defer) || (around.traceId ?? spanId),
    spanId,
    ...(parent === '' || parent === spanId ? {} : { parentId: parent }),
    name: textIn(row['name'], defer) ?? '',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    status: statusOf(row),
    ...(message === undefined || message === '' ? {} : { statusMessage: message }),
    attributes: withoutNothing(row, defer),
    ...bareSpan,
    marks,
    dialect,
    // A patch without a name says something about a run that was posted elsewhere.
    ...(around.partOf === undefined && ('run_type' in row || 'name' in row) ? {} : { fragment: true }),
  }
}

const dialect = 'langsmith-runs'

function parentOf(row: Fields, defer: Defer): string | undefined {
  const own = normalId(row['parent_run_id'], defer)
  if (own !== undefined) return own
  const parents: unknown = listOf(row['parent_run_ids']).at(-1)
  return normalId(parents, defer) ?? orderOf(row, defer).at(-2)
}

/** Its API writes UTC without a zone, its SDKs milliseconds as well. */
function timeOf(written: unknown): Nanoseconds | undefined {
  return parseTime(written)?.ns
}

/** `20261120T160718880001Z…`: microseconds in the last step of the order. */
function timeInOrder(row: Fields, defer: Defer): Nanoseconds | undefined {
  const order = row['dotted_order']
  const step = typeof order === 'string' ? nameOf(order, defer).split('.').at(-1) : undefined
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{0,9})Z/.exec(step ?? '')
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, fraction] = found
  return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction || '0'}Z`)?.ns
}

function statusOf(row: Fields): Status {
  if (typeof row['error'] === 'string' && row['error'] !== '') return 'error'
  return row['status'] === 'error' ? 'error' : row['status'] === 'success' ? 'ok' : 'unset'
}

/** A post writes `{}` for what the patch will bring. */
function withoutNothing(row: Fields, defer: Defer): RawSpan['attributes'] {
  const said = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(row)) {
    const isEmpty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
    if (!isEmpty) said[name] = value
  }
  return plainAttributes(said, defer)
}

/** Feedback is said about a run, which is its trace's root where nothing else is known. */
function feedbackSpan(row: Fields, around: RunContext, defer: Defer): RawSpan {
  const spanId = normalId(row['run_id'], defer) ?? ''
  const name = `feedback.${textIn(row['id'], defer) ?? textIn(row['key'], defer) ?? ''}`
  const attributes = Object.create(null) as Record<string, AttributeValue>
  attributes[name] = plainAttributes(row, defer)
  return {
    traceId: normalId(row['trace_id'], defer) ?? around.traceId ?? spanId,
    spanId,
    name: '',
    status: 'unset',
    attributes,
    ...bareSpan,
    marks: [],
    dialect,
    fragment: true,
  }
}

export const langsmith: TraceFormat = {
  id: 'langsmith',
  label: 'LangSmith runs',
  detect,
  open: () => new Reader(),
  rawSpan,
}
