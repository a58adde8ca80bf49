// Agent Trajectory Interchange Format: one document a run, its steps in order. Steps of the agent are calls of its model.
// https://github.com/laude-institute/harbor/blob/main/docs/rfcs/0001-trajectory-format.md

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import { contentHash } from '../derived-ids.ts'
import {
  bareSpan,
  noAttributes,
  stateless,
  type Certainty,
  type Defer,
  type RecordSink,
  type TraceFormat,
} from '../format.ts'
import { contextIn, type ContextShape, isObject, listOf, plainAttributes, textIn, type Fields } from './values.ts'

/** Where a record stands: the run it is of, and the agent that ran. */
interface Place {
  readonly run: string
  readonly span: string
  readonly parent?: string
  readonly agent?: unknown
}

function detect(record: JsonObject): Certainty {
  const { schema_version: version, steps } = record
  return typeof version === 'string' && version.startsWith('ATIF') && Array.isArray(steps) ? 'certain' : 'no'
}

function read(document: JsonObject, sink: RecordSink): void {
  const { steps, ...about } = document
  const named = document['session_id']
  const run = typeof named === 'string' && named !== '' ? sink.text(named) : contentHash(sink.hold(document))
  const agent = isObject(document['agent']) ? document['agent'] : undefined
  const place = (span: string, parent?: string): Place => ({
    run,
    span,
    ...(parent === undefined ? {} : { parent }),
    ...(agent ? { agent } : {}),
  })
  sink.span(about, place('run'))
  let before: unknown[] = []
  listOf(steps).forEach((step, i) => {
    if (!isObject(step)) return sink.unreadable('import/not-a-span', 'A step that is not an object.')
    if (step['source'] !== 'agent') return before.push(step)
    const id = `step ${typeof step['step_id'] === 'number' ? step['step_id'] : i + 1}`
    sink.span({ step, before }, place(id, 'run'))
    readTools(step, sink, (call, result, k) =>
      sink.span({ call, ...(result === undefined ? {} : { result }) }, place(`${id} tool ${k + 1}`, id)),
    )
    before = listOf(isObject(step['observation']) ? step['observation']['results'] : undefined).slice()
  })
}

function readTools(step: Fields, sink: RecordSink, take: (call: Fields, result: unknown, k: number) => void): void {
  const results = listOf(isObject(step['observation']) ? step['observation']['results'] : undefined).filter(isObject)
  listOf(step['tool_calls']).forEach((call, k) => {
    if (!isObject(call)) return sink.unreadable('import/not-a-span', 'A tool call that is not an object.')
    const id = call['tool_call_id']
    take(call, id === undefined ? undefined : results.find(result => result['source_call_id'] === id), k)
  })
}

const shape: ContextShape<Omit<Place, 'agent'>> = { run: 'string', span: 'string', parent: 'string' }

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const fields = record as Fields
  const { run = '', span = '', parent } = contextIn(context, shape)
  const { agent } = context as Partial<Place>
  const step = isObject(fields['step']) ? fields['step'] : {}
  const call = isObject(fields['call']) ? fields['call'] : {}
  const start = parseTime(step['timestamp'])?.ns
  const marks: Mark[] = start === undefined ? ['undated'] : []
  const name = textIn(call['function_name'], defer) ?? (parent === undefined ? nameIn(agent, defer) : span)
  return {
    traceId: run,
    spanId: span,
    ...(parent === undefined ? {} : { parentId: parent }),
    name: name ?? 'run',
    ...(start === undefined ? {} : { start }),
    status: 'unset',
    attributes: plainAttributes(fields, defer),
    ...bareSpan,
    resource: isObject(agent) ? plainAttributes({ agent }, defer) : noAttributes,
    marks,
    dialect: 'atif',
  }
}

function nameIn(agent: unknown, defer: Defer): string | undefined {
  return isObject(agent) ? textIn(agent['name'], defer) : undefined
}

export const atif: TraceFormat = { id: 'atif', label: 'ATIF trajectory', detect, open: stateless(read), rawSpan }
