// What stands around the bodies in a log of one's own making. Nobody agreed on these names: they are the common ones.

import { millisecondsToNano, parseTime, type ParsedTime } from '../../domain/times.ts'
import type { Nanoseconds } from '../../domain/units.ts'
import type { Status } from '../../domain/kind.ts'
import { asNumber, toJson, type Written } from '../values.ts'
import { isBody, labelOf, objectIn, type Body } from './fields.ts'
import type { Bodies } from './find-bodies.ts'

export const envelopeNames = {
  trace: ['trace_id', 'traceId', 'traceID'],
  span: ['span_id', 'spanId'],
  parent: ['parent_span_id', 'parentSpanId', 'parent_id', 'parentId'],
  name: ['span_name', 'operation_name', 'operation', 'name'],
  session: [
    'session_id',
    'sessionId',
    'session',
    'conversation_id',
    'conversationId',
    'thread_id',
    'threadId',
    'chat_id',
  ],
  user: ['user_id', 'userId', 'user', 'end_user', 'user_id_hash', 'username'],
  tenant: ['tenant_id', 'tenantId', 'organization_id', 'org_id'],
  team: ['team', 'team_name', 'team_id', 'teamId'],
  environment: ['environment', 'env', 'stage'],
  release: ['release', 'app_version', 'service_version'],
  application: ['application', 'app', 'service_name', 'service'],
  feature: ['feature', 'use_case', 'task'],
  promptName: ['prompt_name', 'promptName', 'prompt_id', 'promptId', 'template_name'],
  promptVersion: ['prompt_version', 'promptVersion', 'template_version'],
  promptTemplate: ['prompt_template', 'promptTemplate'],
  promptVariables: ['prompt_variables', 'promptVariables'],
  start: [
    'start',
    'start_time',
    'startTime',
    'started_at',
    'startedAt',
    'request_start_time',
    'requested_at',
    'request_time',
    'timestamp',
    '@timestamp',
    'ts',
    'created_at',
    'createdAt',
    'datetime',
    'date',
    'time',
  ],
  end: [
    'end',
    'end_time',
    'endTime',
    'ended_at',
    'endedAt',
    'request_end_time',
    'completed_at',
    'completedAt',
    'finished_at',
  ],
  status: ['status_code', 'statusCode', 'http_status', 'response_status', 'status'],
  model: ['model', 'model_name', 'modelName', 'model_id', 'deployment'],
  provider: ['provider', 'model_provider', 'vendor', 'llm_provider'],
  cost: ['cost_usd', 'total_cost', 'cost', 'response_cost', 'price'],
  firstToken: ['time_to_first_token_ms', 'ttft_ms', 'first_token_ms'],
  tags: ['tags', 'labels'],
} as const satisfies { readonly [field: string]: readonly string[] }

export type EnvelopeField = keyof typeof envelopeNames

const perUnit: readonly (readonly [nanoseconds: bigint, names: readonly string[]])[] = [
  [
    1_000_000n,
    [
      'duration_ms',
      'durationMs',
      'latency_ms',
      'latencyMs',
      'elapsed_ms',
      'elapsedMs',
      'response_time_ms',
      'total_ms',
      'delay_ms',
      'took_ms',
    ],
  ],
  [
    1_000_000_000n,
    [
      'duration_s',
      'duration_seconds',
      'latency_s',
      'latency_seconds',
      'elapsed_s',
      'elapsed_seconds',
      'response_time_s',
    ],
  ],
  [1n, ['duration_ns', 'latency_ns', 'elapsed_ns']],
]

const unitless = ['duration', 'latency', 'elapsed', 'elapsed_time', 'took']

export const durationNames: readonly string[] = [...perUnit.flatMap(([, names]) => names), ...unitless]

export interface Answer {
  readonly value: string
  readonly from: string
}

/** The first label under one of a field's names: the record itself, then its `metadata`, then what else stands around. */
export function envelopeLabel(bodies: Bodies, field: EnvelopeField): Answer | undefined {
  for (const place of placesOf(bodies)) {
    for (const from of envelopeNames[field]) {
      const value = labelOf(place[from])
      if (value !== undefined) return { value, from }
    }
  }
  return undefined
}

export function envelopeValue(bodies: Bodies, field: EnvelopeField): Written {
  for (const place of placesOf(bodies)) {
    for (const name of envelopeNames[field]) if (place[name] !== undefined && place[name] !== null) return place[name]
  }
  return undefined
}

const placesByBodies = new WeakMap<Bodies, readonly Body[]>()

function placesOf(bodies: Bodies): readonly Body[] {
  let places = placesByBodies.get(bodies)
  if (!places) {
    const inRequest = objectIn(bodies.request?.body, 'metadata')
    const inResponse = objectIn(bodies.response?.body, 'metadata')
    const own = bodies.around.slice(0, 12)
    places = [...own, ...(inRequest ? [inRequest] : []), ...(inResponse ? [inResponse] : [])]
    placesByBodies.set(bodies, places)
  }
  return places
}

/** Numbers before 2001 are lengths or counters, not times. */
const earliest = 1_000_000_000_000_000_000n

export function envelopeTime(bodies: Bodies, field: 'start' | 'end'): ParsedTime | undefined {
  for (const place of placesOf(bodies)) {
    for (const name of envelopeNames[field]) {
      const value = place[name]
      const time = isBody(value) ? undefined : parseTime(value)
      if (time && (time.ns >= earliest || typeof value === 'string')) return time
    }
  }
  return undefined
}

/** A time that a body gives. */
export function bodyTime(written: Written): Nanoseconds | undefined {
  const time = isBody(written) ? undefined : parseTime(written)
  return time && time.ns >= earliest ? time.ns : undefined
}

/** `guessed` where the name tells no unit: a fraction below ten minutes is taken for seconds, all else for milliseconds. */
export function envelopeDuration(bodies: Bodies): { ns: Nanoseconds; guessed: boolean } | undefined {
  for (const place of placesOf(bodies)) {
    for (const [unit, names] of perUnit) {
      for (const name of names) {
        const ns = inNanoseconds(place[name], unit)
        if (ns !== undefined) return { ns, guessed: false }
      }
    }
    for (const name of unitless) {
      const number = asNumber(place[name])
      if (number === undefined) continue
      const unit = !Number.isInteger(number) && number < 600 ? 1_000_000_000n : 1_000_000n
      const ns = inNanoseconds(place[name], unit)
      if (ns !== undefined) return { ns, guessed: true }
    }
  }
  return undefined
}

/** Decimals exact, to the nanosecond. */
function inNanoseconds(value: Written, unit: bigint): Nanoseconds | undefined {
  if (value === undefined || value === null || isBody(value)) return undefined
  const ms = millisecondsToNano(toJson(value))
  if (ms === undefined) return undefined
  return unit >= 1_000_000n ? ms * (unit / 1_000_000n) : ms / (1_000_000n / unit)
}

const words = new Map<string, Status>([
  ['ok', 'ok'],
  ['success', 'ok'],
  ['succeeded', 'ok'],
  ['completed', 'ok'],
  ['error', 'error'],
  ['failed', 'error'],
  ['failure', 'error'],
  ['errored', 'error'],
  ['timeout', 'error'],
])

/** An HTTP status from 400 on, a word, `success: false`, an error that stands there: what the record says of its end. */
export function envelopeStatus(bodies: Bodies): { status: Status; http?: number } {
  for (const place of placesOf(bodies)) {
    for (const name of envelopeNames.status) {
      const value = place[name]
      const number = asNumber(value)
      if (number !== undefined && number >= 100 && number < 600)
        return { status: number >= 400 ? 'error' : 'ok', http: number }
      const word = typeof value === 'string' ? words.get(value.toLowerCase()) : undefined
      if (word) return { status: word }
    }
    if (place['success'] === false || place['ok'] === false) return { status: 'error' }
  }
  if (bodies.error !== undefined) return { status: 'error' }
  return { status: bodies.response && !bodies.response.broken ? 'ok' : 'unset' }
}

/** How a batch ends a request that it never ran. */
const ends = new Set(['canceled', 'cancelled', 'expired'])

/** Type and message of the error that stands in the record. */
export function errorOf(bodies: Bodies): { type?: string; message?: Written } | undefined {
  const failed = bodies.response && bodies.response.api.responseFacts(bodies.response.body).failed
  if (failed) return failed
  const value = bodies.error?.value
  if (value === undefined) {
    const type = bodies.around.map(place => labelOf(place['type'])).find(word => word !== undefined && ends.has(word))
    return type === undefined ? undefined : { type }
  }
  if (!isBody(value)) return { message: value }
  // Anthropic's stands within an object of the same name.
  const inner = objectIn(value, 'error') ?? value
  const type = labelOf(inner['type']) ?? labelOf(inner['code']) ?? labelOf(inner['status'])
  const message = inner['message'] ?? inner['detail']
  return { ...(type === undefined ? {} : { type }), ...(message === undefined || message === null ? {} : { message }) }
}
