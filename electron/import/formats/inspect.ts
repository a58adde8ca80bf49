// Inspect evaluation logs: one JSON document, or the members of an `.eval` archive (header.json first; an evaluation that is
// still running or crashed has `_journal/start.json` instead). https://inspect.aisi.org.uk/eval-logs.html
//
// A sample is a trace. Its events are spans where they took time: `span_begin` and `span_end` (`step` before 2025-04) are the
// tree. Texts that Inspect moved to `attachments` travel with the events that name them. Left out, and counted: events that
// repeat the state, summaries and reductions, which say nothing that samples do not.

import { normalizeId } from '../../../shared/domain/ids.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import { decimalText } from '../../../shared/domain/numbers.ts'
import { noAttributes, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { rawNumber } from '../numbers.ts'
import { resolve } from './inspect-attachments.ts'
import { InspectReader, type InspectContext } from './inspect-reader.ts'
import {
  isObject,
  markTimes,
  nameOf,
  plainAttributes,
  textIn,
  type Fields,
  contextIn,
  type ContextShape,
  printed,
} from './values.ts'

function detect(record: JsonObject): Certainty {
  if (isObject(record['eval']) && 'version' in record) {
    return 'samples' in record || 'plan' in record || 'status' in record ? 'certain' : 'likely'
  }
  if ('epoch' in record && 'target' in record && 'input' in record && 'id' in record) {
    return Array.isArray(record['messages']) || Array.isArray(record['events']) ? 'certain' : 'likely'
  }
  return 'scorer' in record && Array.isArray(record['samples']) ? 'likely' : 'no'
}

const shape: ContextShape<InspectContext> = {
  trace: 'string',
  span: 'string',
  parent: 'string',
  role: 'string',
  start: 'string',
  end: 'string',
  eval: 'object',
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const { trace = '', span = '', role = 'note', ...more } = contextIn(context, shape)
  const c: InspectContext = { trace, span, role, ...more }
  const written = record as Fields
  const { attachments } = written
  const texts = isObject(attachments) ? attachments : {}
  const shown: Record<string, unknown> = {}
  for (const key of Object.keys(written)) if (key !== 'attachments') shown[key] = resolve(written[key], texts)
  const start = parseTime(c.start ?? written['timestamp'])
  const end = c.role === 'end' ? parseTime(written['timestamp'])?.ns : endOf(written, c, start?.ns)
  const isPart = c.role === 'end' || c.role === 'note'
  const marks: Mark[] = []
  if (!isPart) {
    if (start === undefined && end === undefined) marks.push('undated')
    markTimes(marks, { start: start?.ns, end })
  }
  if (start?.noZone) marks.push('no-zone')
  const spanId = normalizeId(c.span) ?? ''
  const parent = c.parent === undefined ? undefined : normalizeId(c.parent)
  const failure = failureOf(written)
  const message = textIn(
    failure?.['message'] ?? (typeof written['error'] === 'string' ? written['error'] : undefined),
    defer,
  )
  return {
    traceId: normalizeId(c.trace) ?? '',
    spanId,
    ...(parent === undefined || parent === spanId ? {} : { parentId: parent }),
    name: isPart ? '' : nameOfEvent(written, c, defer),
    ...(start === undefined || isPart ? {} : { start: start.ns }),
    ...(end === undefined || c.role === 'note' ? {} : { end }),
    status: message !== undefined && c.role !== 'end' ? 'error' : 'unset',
    ...(message === undefined ? {} : { statusMessage: message }),
    attributes: isPart ? noAttributes : plainAttributes(shown, defer),
    events: isPart ? [noteOf(shown, start?.ns, defer)] : [],
    links: [],
    resource: c.eval === undefined ? noAttributes : plainAttributes(c.eval, defer),
    scope: { attributes: noAttributes },
    marks,
    dialect: 'inspect',
    ...(isPart ? { fragment: true } : {}),
  }
}

function noteOf(shown: Fields, time: bigint | undefined, defer: Defer): RawSpan['events'][number] {
  const name = textIn(shown['event'], defer) ?? 'note'
  return { name, ...(time === undefined ? {} : { time }), attributes: plainAttributes(shown, defer) }
}

/** An error of the event, of the model's answer or of the sample. */
function failureOf(written: Fields): Fields | undefined {
  if (isObject(written['error'])) return written['error']
  const output = isObject(written['output']) ? written['output'] : undefined
  const error = output?.['error']
  return typeof error === 'string' && error !== '' ? { message: error } : undefined
}

function nameOfEvent(written: Fields, c: InspectContext, defer: Defer): string {
  if (c.role === 'sample') {
    const task = textIn(c.eval?.['task'], defer) ?? 'sample'
    const id = written['id']
    return `${task} ${typeof id === 'string' ? nameOf(id, defer) : printed(id)}`
  }
  const output = isObject(written['output']) ? written['output'] : undefined
  const told = written['name'] ?? written['function'] ?? written['model'] ?? output?.['model'] ?? written['action']
  return textIn(told, defer) ?? textIn(written['event'], defer) ?? ''
}

/** Events start at their timestamp. Later versions write when they were completed, all of them how long they worked. */
function endOf(written: Fields, c: InspectContext, start: bigint | undefined): bigint | undefined {
  const completed = parseTime(c.end ?? written['completed'] ?? written['completed_at'])?.ns
  if (completed !== undefined || start === undefined) return completed
  if (written['event'] === 'score') return start
  const output = isObject(written['output']) ? written['output'] : undefined
  const seconds = decimalText(
    number(written['working_time'] ?? output?.['time'] ?? (c.role === 'sample' ? written['total_time'] : undefined)),
  )
  if (seconds === undefined || seconds.length > 30) return undefined
  const [whole = '0', fraction = ''] = seconds.replace('-', '').split('.')
  return start + BigInt(whole) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}

function number(written: unknown): unknown {
  return rawNumber(written) ?? written
}

export const inspect: TraceFormat = {
  id: 'inspect',
  label: 'Inspect log',
  detect,
  open: () => new InspectReader(),
  rawSpan,
}
