// Requests and responses of model providers, in whatever envelope an application logs them: both in one record, in two
// records joined by an id, or only one of them; or a bare body. There is no specification: bodies are known by what is
// in them (shared/conventions/bodies), the envelope by the commonest names.

import { hash } from 'node:crypto'
import { findBodies, glanceAtBodies, type Bodies } from '../../../shared/conventions/bodies/find-bodies.ts'
import { wordIn, type Body } from '../../../shared/conventions/bodies/fields.ts'
import { previousResponse } from '../../../shared/conventions/bodies/openai-responses.ts'
import { envelopeLabel, envelopeTime } from '../../../shared/conventions/bodies/envelope.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import type { Certainty, Defer, RecordReader, RecordSink, TraceFormat } from '../format.ts'
import { alone, noAttributes } from '../format.ts'
import { isPlainAnswer } from '../../../shared/conventions/provider-bodies.ts'
import { contextIn, isObject, plainAttributes, type ContextShape, type Fields } from './values.ts'
import { providerSpan } from './provider-span.ts'

/** Names by which formats are known that carry bodies too. */
const foreign = new Set([
  'resourceSpans',
  'attributes',
  'spanContext',
  'run_type',
  'dotted_order',
  'span_attributes',
  'call_type',
  'observations',
  'span_data',
  'parentUuid',
  'sessionId',
  'payload',
  'op_name',
  'exportedSpan',
])

function detect(record: JsonObject): Certainty {
  for (const name in record) if (foreign.has(name)) return 'no'
  const { request, response } = glanceAtBodies(record)
  if (response) return 'likely'
  if (request) {
    if (hasOtherAnswer(record)) return 'no'
    if (request.path !== '') return 'likely'
    return 'model' in record && !('trace_id' in record) ? 'likely' : asTexts(record)
  }
  return asTexts(record)
}

/** An answer under a name and in a shape of its own: what it means is not known here, but may be guessed from the rest. */
function hasOtherAnswer(record: JsonObject): boolean {
  return Object.keys(record).some(
    name => /repl|answer|output|complet|generat|result/i.test(name) && !isPlainAnswer(record, name),
  )
}

const requestTexts = ['request', 'request_body', 'requestBody', 'raw_request', 'request_json']
const responseTexts = ['response', 'response_body', 'responseBody', 'raw_response', 'response_json']

/** Bodies that are JSON within a text. A long one is not looked at to tell what the record is: its name must do. */
function asTexts(record: JsonObject): Certainty {
  const isText = (name: string) => {
    const value = record[name]
    return typeof value === 'string' && (value.startsWith('\0') || value.trimStart().startsWith('{'))
  }
  return requestTexts.some(isText) && responseTexts.some(isText) ? 'likely' : 'no'
}

/** What the reader found out about a record. Absent fields are what the record itself says. */
interface Context {
  readonly trace?: string
  readonly span?: string
  /** One of two records about one call. */
  readonly half?: 'request' | 'response'
  /** The other half came first, and named the span. */
  readonly second?: true
  /** The first response of a chain of turns. */
  readonly session?: string
  /** Says only that a span belongs to a session. */
  readonly late?: true
}

/** Calls that wait for their other half, and responses that a later request may go on from. */
const mostRemembered = 100_000

class Reader implements RecordReader {
  private readonly halves = new Map<string, { half: 'request' | 'response'; context: Context }>()
  private readonly sessions = new Map<string, string>()
  /** Of responses whose records say ids of their own. */
  private readonly named = new Map<string, Context>()

  read(record: JsonObject, sink: RecordSink): void {
    const bodies = glanceAtBodies(record)
    const context = this.halfOf(record, bodies, sink) ?? this.turnOf(bodies, sink)
    sink.span(record, context)
  }

  /** Undefined where the record holds both halves, or nothing joins it to another. */
  private halfOf(record: JsonObject, bodies: Bodies, sink: RecordSink): Context | undefined {
    const { request, response } = bodies
    if ((request === undefined) === (response === undefined)) return undefined
    const body = (request ?? response)!
    const id = body.path === '' ? undefined : joiningId(record)
    if (id === undefined) return undefined
    const half = request ? 'request' : 'response'
    const other = this.halves.get(id)
    if (other && other.half !== half) {
      this.halves.delete(id)
      return { ...other.context, half, second: true }
    }
    const span = hash('sha256', `${id} ${sink.hold(record)}`, 'hex')
    const trace = normalizeId(envelopeLabel(bodies, 'trace')?.value) ?? span.slice(0, 32)
    const context: Context = { trace, span: span.slice(32, 48), half }
    remember(this.halves, id, { half, context })
    return context
  }

  /** A request that names the response it goes on from is a turn of that one's session. */
  private turnOf(bodies: Bodies, sink: RecordSink): Context {
    const { request, response } = bodies
    const id = response && wordIn(response.body, 'id')
    if (response?.api.id !== 'openai-responses' || id === undefined) return alone
    const before = previousResponse(response.body) ?? (request && previousResponse(request.body))
    const said = saidIds(bodies)
    const own = { ...turnIds(id), ...said }
    if (said.trace !== undefined || said.span !== undefined) remember(this.named, id, own)
    if (before === undefined) return own
    const session = this.sessions.get(before) ?? before
    if (!this.sessions.has(before)) {
      // Only now is it known that the earlier turn began a session.
      sink.span({ response: { id: before } }, {
        ...(this.named.get(before) ?? turnIds(before)),
        session,
        late: true,
      } satisfies Context)
    }
    remember(this.sessions, before, session)
    remember(this.sessions, id, session)
    return { ...own, session }
  }
}

/** The ids that stand beside the bodies: what other records call the span by. */
function saidIds(bodies: Bodies): Context {
  const [trace, span] = [envelopeLabel(bodies, 'trace'), envelopeLabel(bodies, 'span')].map(said =>
    normalizeId(said?.value),
  )
  return { ...(trace === undefined ? {} : { trace }), ...(span === undefined ? {} : { span }) }
}

/** Of a record that says none. Response ids of this interface are unique. */
function turnIds(id: string): Context {
  const digest = hash('sha256', `openai-responses ${id}`, 'hex')
  return { trace: digest.slice(0, 32), span: digest.slice(32, 48) }
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size >= mostRemembered) map.delete(map.keys().next().value!)
  map.set(key, value)
}

const joining = ['request_id', 'requestId', 'call_id', 'callId', 'correlation_id', 'correlationId', 'id']

function joiningId(record: JsonObject): string | undefined {
  if ('span_id' in record || 'spanId' in record) return undefined
  for (const name of joining) {
    const value = record[name]
    if (typeof value === 'string' && value !== '' && !value.startsWith('\0')) return value
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

const shape: ContextShape<Context> = {
  trace: 'string',
  span: 'string',
  half: 'string',
  second: 'boolean',
  session: 'string',
  late: 'boolean',
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const { trace, span, half, second, session, late } = contextIn(context, shape)
  const written = plainAttributes(record as Fields, defer)
  const resource =
    session === undefined ? {} : { resource: Object.assign(Object.create(null) as object, { 'session.id': session }) }
  const ids = { ...(trace === undefined ? {} : { traceId: trace }), ...(span === undefined ? {} : { spanId: span }) }
  if (late) {
    const raw = providerSpan(noAttributes, { ...ids, ...resource, name: '', status: 'unset', fragment: true })
    return { ...raw, marks: [] }
  }
  if (half === undefined) return providerSpan(written, { ...ids, ...resource })
  return halfSpan(written, half, { ...ids, ...resource, ...(second ? { name: '' } : {}) })
}

/** Two records use the same names for different things: each stands under its half's name. */
function halfSpan(written: Attributes, half: 'request' | 'response', given: object): RawSpan {
  const attributes = Object.assign(Object.create(null) as Record<string, Body>, { [half]: written })
  if (half === 'request') return providerSpan(attributes, given)
  const time = envelopeTime(findBodies(attributes), 'start')
  if (time === undefined) return providerSpan(attributes, given)
  const marks = time.noZone ? (['no-zone'] as const) : []
  return providerSpan(attributes, { ...given, start: undefined, end: time.ns, marks })
}

export const providerLog: TraceFormat = {
  id: 'provider-log',
  label: 'Logged requests and responses',
  detect,
  open: () => new Reader(),
  rawSpan: (record, context, defer) =>
    isObject(record) ? rawSpan(record, context, defer) : { code: 'import/not-a-span', message: 'No record.' },
}
