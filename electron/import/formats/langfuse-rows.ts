// One observation, score or trace of Langfuse, as a row of an export or as the body of an event.

import { parseJson } from '../../../shared/conventions/json-text.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, AttributeValue, RawScope, RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { bareSpan, noAttributes, type Defer, type NotASpan } from '../format.ts'
import {
  isObject,
  markTimes,
  nameOf,
  normalId,
  idOf,
  plainAttributes,
  textIn,
  type Fields,
  contextIn,
  type ContextShape,
  printed,
} from './values.ts'

/** What stood around the row. */
export interface LangfuseContext {
  /** The trace's own record, where it came with the row. */
  readonly trace?: Fields
  /** The trace of an event that does not name it. */
  readonly traceId?: string
  /** The observation that stands for the trace: its texts and its scores are the trace's. */
  readonly root?: string
}

export type RowSort = 'observation' | 'score' | 'trace' | 'event'

const types = new Set('SPAN GENERATION EVENT AGENT TOOL CHAIN RETRIEVER EMBEDDING EVALUATOR GUARDRAIL'.split(' '))

/** Looks at keys, and at short words. */
export function sortOf(row: Fields): RowSort | undefined {
  const { type } = row
  if (isObject(row['body']) && typeof type === 'string' && /^(?:[a-z]+-(?:create|update)|sdk-log)$/.test(type))
    return 'event'
  const inTrace = 'traceId' in row || 'trace_id' in row
  if (inTrace && 'id' in row && typeof type === 'string' && types.has(type)) return 'observation'
  if (isScore(row)) return 'score'
  const isTrace =
    'id' in row &&
    'timestamp' in row &&
    !inTrace &&
    ('sessionId' in row || 'session_id' in row) &&
    ('userId' in row || 'user_id' in row) &&
    ('bookmarked' in row || 'public' in row || 'tags' in row)
  return isTrace ? 'trace' : undefined
}

function isScore(row: Fields): boolean {
  return (
    'name' in row &&
    ('value' in row || 'stringValue' in row || 'string_value' in row) &&
    ('dataType' in row || 'data_type' in row) &&
    ('traceId' in row || 'trace_id' in row || 'sessionId' in row || 'session_id' in row)
  )
}

const shape: ContextShape<LangfuseContext> = { trace: 'object', traceId: 'string', root: 'string' }

export function rawSpan(record: object, context: object, defer: Defer): RawSpan | NotASpan {
  const row = record as Fields
  const around = contextIn(context, shape)
  const body = row['body']
  if (sortOf(row) !== 'event' || !isObject(body)) {
    if (isScore(row)) return scoreSpan(row, around, defer)
    return sortOf(row) === 'observation' ? observationSpan(row, around, defer) : traceSpan(row, defer)
  }
  const type = printed(row['type'])
  if (type === 'score-create') return scoreSpan(body, around, defer)
  const word = type.slice(0, type.indexOf('-')).toUpperCase()
  return observationSpan('type' in body || word === 'OBSERVATION' ? body : { ...body, type: word }, around, defer)
}

function firstId(row: Fields, names: readonly string[], defer: Defer): string {
  for (const name of names) {
    const value = row[name]
    const id = normalId(value, defer)
    if (id !== undefined) return id
  }
  return ''
}

/** All times of Langfuse are UTC, whether they say so or not. */
function timeOf(row: Fields, names: readonly string[]): Nanoseconds | undefined {
  for (const name of names) {
    const time = parseTime(row[name])?.ns
    if (time !== undefined) return time
  }
  return undefined
}

function observationSpan(row: Fields, around: LangfuseContext, defer: Defer): RawSpan {
  const marks: Mark[] = []
  const spanId = firstId(row, ['id'], defer)
  const parent = firstId(row, ['parentObservationId', 'parent_observation_id'], defer)
  if (parent !== '' && parent === spanId) marks.push('self-parent')
  const start = timeOf(row, ['startTime', 'start_time'])
  const end = timeOf(row, ['endTime', 'end_time'])
  // An event happens; it does not last.
  if (row['type'] === 'EVENT') markTimes(marks, { start, end: start })
  else markTimes(marks, { start, end })
  const message = textIn(row['statusMessage'] ?? row['status_message'], defer)
  const inside = insideOf(row['metadata'], defer)
  const attributes = plainAttributes(row, defer) as Record<string, AttributeValue>
  if (inside) attributes['metadata'] = inside.rest
  for (const name in inside?.attributes) attributes[name] ??= inside.attributes[name]!
  return {
    traceId: firstId(row, ['traceId', 'trace_id'], defer) || idOf(around.traceId ?? around.trace?.['id'], defer),
    spanId,
    ...(parent === '' || parent === spanId ? {} : { parentId: parent }),
    name: textIn(row['name'], defer) ?? '',
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    status: 'unset',
    ...(message ? { statusMessage: message } : {}),
    attributes,
    events: [],
    links: [],
    resource: resourceOf(around, spanId, inside, defer),
    scope: inside?.scope ?? bareSpan.scope,
    marks,
    dialect,
  }
}

const dialect = 'langfuse-export'
/** What the row stood in: the producer's resource and the trace, whose texts only its root repeats. */
function resourceOf(around: LangfuseContext, spanId: string, inside: Inside | undefined, defer: Defer): Attributes {
  const resource = inside?.resource ?? noAttributes
  if (!around.trace) return resource
  const { input: _input, output: _output, ...labels } = around.trace
  const trace = plainAttributes(spanId === around.root ? around.trace : labels, defer)
  return Object.assign(Object.create(null) as Record<string, AttributeValue>, resource, { trace })
}

interface Inside {
  /** What is left of the metadata. */
  readonly rest: AttributeValue
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly scope: RawScope
}

/**
 * Langfuse keeps under `metadata` the span it was fed with: attributes of whatever dialect, resource and scope. They
 * stand again where they stood, so that what Langfuse did not lift is read as well.
 */
function insideOf(written: unknown, defer: Defer): Inside | undefined {
  const metadata = structureOf(written, defer)
  if (!metadata) return undefined
  const attributes = structureOf(metadata['attributes'], defer)
  const resource = structureOf(metadata['resourceAttributes'], defer)
  const scope = structureOf(metadata['scope'], defer)
  if (!attributes && !resource && !scope) return undefined
  const name = scope && textIn(scope['name'], defer)
  const version = scope && textIn(scope['version'], defer)
  const { attributes: _a, resourceAttributes: _r, scope: _s, ...rest } = metadata
  return {
    rest: plainAttributes(rest, defer),
    attributes: attributes ? plainAttributes(attributes, defer) : noAttributes,
    resource: resource ? plainAttributes(resource, defer) : noAttributes,
    scope: { ...(name ? { name } : {}), ...(version ? { version } : {}), attributes: noAttributes },
  }
}

/** An object, or the JSON text of one, at most twice encoded. */
function structureOf(written: unknown, defer: Defer): Fields | undefined {
  if (isObject(written)) return written
  if (typeof written !== 'string') return undefined
  let text = nameOf(written, defer)
  if (text.startsWith('"')) {
    try {
      text = printed(JSON.parse(text))
    } catch {
      return undefined
    }
  }
  const found = parseJson(text)
  return isObject(found) ? found : undefined
}

/** A score is said about the span it judges, or about the trace, which its root stands for. */
function scoreSpan(row: Fields, around: LangfuseContext, defer: Defer): RawSpan {
  const traceId = firstId(row, ['traceId', 'trace_id'], defer)
  const spanId = firstId(row, ['observationId', 'observation_id'], defer) || (around.root ?? traceId)
  const name = `scores.${textIn(row['id'], defer) ?? textIn(row['name'], defer) ?? ''}`
  return about(traceId, spanId, { [name]: plainAttributes(row, defer) })
}

/** A trace alone: its observations are in another file, or there are none. It has the trace's id among spans. */
function traceSpan(row: Fields, defer: Defer): RawSpan {
  const traceId = firstId(row, ['id'], defer)
  const start = timeOf(row, ['timestamp'])
  return {
    ...about(traceId, traceId, { trace: plainAttributes(row, defer) }),
    name: textIn(row['name'], defer) ?? '',
    ...(start === undefined ? {} : { start }),
  }
}

function about(traceId: string, spanId: string, attributes: { readonly [name: string]: AttributeValue }): RawSpan {
  return {
    traceId,
    spanId,
    name: '',
    status: 'unset',
    attributes: Object.assign(Object.create(null) as Record<string, AttributeValue>, attributes),
    ...bareSpan,
    marks: [],
    dialect,
    fragment: true,
  }
}
