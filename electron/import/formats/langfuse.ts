// What Langfuse gives back: the download of a trace or a session, rows of its API and of its table and blob exports
// (camelCase or snake_case), and the batches its older SDKs send. https://langfuse.com/docs/api-and-data-platform
// Left out: CSV and Parquet exports, corrections, dataset items. Comments are counted.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { alone, stateless, type Certainty, type RecordSink, type TraceFormat } from '../format.ts'
import { rawSpan, sortOf, type LangfuseContext } from './langfuse-rows.ts'
import { idOf, normalId, isObject, listOf, type Fields, printed } from './values.ts'

function detect(record: JsonObject): Certainty {
  if (isObject(record['trace']) && Array.isArray(record['observations'])) return 'certain'
  if (isTrace(record)) return 'certain'
  if (Array.isArray(record['traces']) && typeof record['id'] === 'string') {
    return listOf(record['traces']).some(trace => isObject(trace) && sortOf(trace) === 'trace') ? 'certain' : 'no'
  }
  if (Array.isArray(record['batch'])) return isEvent(record['batch'][0]) ? 'certain' : 'no'
  if (sortOf(record) !== undefined || isComment(record)) return 'certain'
  // A page of an API answer.
  const first: unknown = Array.isArray(record['data']) ? record['data'][0] : undefined
  const isKnown = (row: Fields) => isTrace(row) || sortOf(row) !== undefined || isComment(row)
  return isObject(record['meta']) && isObject(first) && isKnown(first) ? 'certain' : 'no'
}

function isTrace(record: Fields): boolean {
  return Array.isArray(record['observations']) && typeof record['id'] === 'string' && 'timestamp' in record
}

/** What a person wrote about a trace or an observation, which is no call though it has a text and a time. */
function isComment(row: Fields): boolean {
  return 'objectType' in row && 'objectId' in row && 'content' in row && !('type' in row)
}

function isEvent(value: unknown): boolean {
  return isObject(value) && sortOf(value) === 'event'
}

function read(record: JsonObject, sink: RecordSink): void {
  if (isObject(record['trace']) && Array.isArray(record['observations'])) {
    const top = listOf(record['observations'])
    readTrace(record['trace'], top.length > 0 ? top : listOf(record['trace']['observations']), sink)
  } else if (Array.isArray(record['batch'])) readBatch(listOf(record['batch']), sink)
  else if (Array.isArray(record['traces'])) {
    for (const trace of listOf(record['traces'])) if (isObject(trace)) readAny(trace, sink)
  } else if (Array.isArray(record['data']) && sortOf(record) === undefined) {
    for (const row of listOf(record['data'])) {
      if (isObject(row)) readAny(row, sink)
      else sink.unreadable('import/not-a-span', 'A row that is not an object.')
    }
  } else readAny(record, sink)
}

function readAny(row: Fields, sink: RecordSink): void {
  if (isComment(row)) sink.skipped('Langfuse comments, which are not read', 1)
  else if (isTrace(row)) readTrace(row, listOf(row['observations']), sink)
  else if (sortOf(row) === 'trace') readTrace(row, [], sink)
  else if (sortOf(row) === 'observation' || sortOf(row) === 'score') sink.span(row, alone)
  else sink.unreadable('import/not-a-span', 'A row that is neither a trace, an observation nor a score.')
}

/** A trace with what belongs to it. Observations may be given by id only: then they come elsewhere. */
function readTrace(trace: Fields, observations: readonly unknown[], sink: RecordSink): void {
  const { observations: _, scores, ...said } = trace
  const spans = observations.filter(isObject)
  const root = rootOf(spans, sink)
  if (spans.length === 0) sink.span(said, alone)
  const context: LangfuseContext = { trace: said, ...(root === undefined ? {} : { root }) }
  for (const span of spans) sink.span(span, context)
  const about: LangfuseContext = root === undefined ? alone : { root }
  for (const score of listOf(scores)) {
    if (isObject(score)) sink.span('traceId' in score ? score : { ...score, traceId: trace['id'] }, about)
  }
}

/** Where scores of the whole trace stand: its first observation without a parent. */
function rootOf(spans: readonly Fields[], sink: RecordSink): string | undefined {
  const startOf = (span: Fields) => {
    const start = span['startTime'] ?? span['start_time']
    return typeof start === 'string' ? start : ''
  }
  const [first] = spans
    .filter(span => (span['parentObservationId'] ?? span['parent_observation_id'] ?? null) === null)
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0))
  return first && normalId(first['id'], written => sink.text(written))
}

/** Creates before updates, whatever their order; what is said of a trace goes with its observations. */
function readBatch(batch: readonly unknown[], sink: RecordSink): void {
  const events: { event: Fields; body: Fields; type: string }[] = []
  for (const event of batch) {
    const body = isObject(event) ? event['body'] : undefined
    if (isObject(event) && isObject(body) && isEvent(event)) events.push({ event, body, type: printed(event['type']) })
    else sink.unreadable('import/not-a-span', 'An event of an ingestion batch without type and body.')
  }
  const traces = new Map<string, { said: Record<string, unknown>; bodies: Fields[] }>()
  const keyOf = (id: unknown) => idOf(id, written => sink.text(written))
  const traceOf = (id: unknown) => {
    const key = keyOf(id)
    let found = traces.get(key)
    if (!found) traces.set(key, (found = { said: Object.create(null) as Record<string, unknown>, bodies: [] }))
    return found
  }
  // An update may leave out the trace that its create named.
  const traceOfBody = new Map(
    events.map(({ body }) => [keyOf(body['id']), body['traceId']] as const).filter(([, id]) => id),
  )
  const traceIdOf = (body: Fields) => body['traceId'] ?? traceOfBody.get(keyOf(body['id']))
  for (const { body, type } of events.toSorted((a, b) => sentAt(a.event) - sentAt(b.event))) {
    if (type === 'trace-create') fold(traceOf(body['id']).said, body)
    else if (isObservation(type)) traceOf(traceIdOf(body)).bodies.push(body)
    else if (type === 'sdk-log') sink.skipped('Langfuse SDK logs', 1)
    else if (type !== 'score-create')
      sink.unreadable('import/not-a-span', `An event of an unknown type: ${type.slice(0, 40)}.`)
  }
  const contexts = new Map<string, { spans: LangfuseContext; scores: LangfuseContext }>()
  for (const [id, { said, bodies }] of traces) {
    const root = rootOf(
      bodies.filter(body => 'startTime' in body),
      sink,
    )
    contexts.set(id, {
      spans: {
        ...(Object.keys(said).length > 0 ? { trace: { id, ...said } } : { traceId: id }),
        ...(root === undefined ? {} : { root }),
      },
      scores: root === undefined ? alone : { root },
    })
    if (bodies.length === 0) sink.span({ id, ...said }, alone)
  }
  const inOrder = [
    ...events.filter(({ type }) => !type.endsWith('-update')),
    ...events.filter(({ type }) => type.endsWith('-update')),
  ]
  for (const { event, body, type } of inOrder) {
    const known = contexts.get(keyOf(type === 'score-create' ? body['traceId'] : traceIdOf(body)))
    if (isObservation(type)) sink.span(event, known?.spans ?? alone)
    else if (type === 'score-create') sink.span(event, known?.scores ?? alone)
  }
}

function isObservation(type: string): boolean {
  return /^(?:span|generation|event|observation|agent|tool|chain|retriever|embedding|evaluator|guardrail)-(?:create|update)$/.test(
    type,
  )
}

function sentAt(event: Fields): number {
  return Date.parse(typeof event['timestamp'] === 'string' ? event['timestamp'] : '') || 0
}

/** The later word counts, but null takes nothing back. */
function fold(into: Record<string, unknown>, body: Fields): void {
  for (const [name, value] of Object.entries(body)) if (value !== null) into[name] = value
}

export const langfuse: TraceFormat = {
  id: 'langfuse',
  label: 'Langfuse',
  detect,
  open: stateless(read),
  rawSpan,
}
