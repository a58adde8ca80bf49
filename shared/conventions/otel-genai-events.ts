// OpenTelemetry GenAI, texts in span events: generation 1 (`gen_ai.content.prompt`), generation 2 (one event a message)
// and generation 3 (`gen_ai.client.inference.operation.details`). The same events as log records share this reading.
// Log records carry the same events: a format hands each over as an event of the span it names. AWS's distribution puts a
// whole exchange into the body of one event. Left out: bodies that are empty because capture was off; the events themselves
// still show that there were messages.

import type { Attributes, RawEvent, RawSpan } from '../domain/raw-span.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { readMessage, readMessages, takeMessages } from './messages.ts'
import { otelGenAi } from './otel-genai.ts'
import { parseJson } from './json-text.ts'
import type { WrittenUsage } from './usage.ts'
import { foldProvider } from './providers.ts'
import {
  asLabel,
  asLabels,
  asNumber,
  asObject,
  asStructure,
  emptyObject,
  isDeferred,
  isList,
  isObject,
  toJson,
  type Written,
} from './values.ts'

const roles = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])

/** Fields of a generation 2 body that a span event writes as attributes, structures as JSON text. */
const structuredFields = new Set(['tool_calls', 'message', 'content', 'parts', 'function_call'])

const details = new Set(['gen_ai.client.inference.operation.details', 'gen_ai.client.inference.details'])

/** The event that repeats a call's attributes, as though it were the span. */
function detailed(span: RawSpan): RawSpan | undefined {
  const event = span.events.find(({ name }) => details.has(name))
  if (!event) return undefined
  const { body } = event.attributes
  const attributes = isFields(body) ? Object.assign(emptyObject(), event.attributes, body) : event.attributes
  return { ...span, attributes, events: [] }
}

function isFields(body: Written): body is Attributes {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && !isDeferred(body)
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const twin = detailed(span)
  if (twin) otelGenAi.facts(twin, reading)
  if (!span.fragment) return
  // Nothing but events arrived: what they tell of is a call, or a verdict about one.
  const isVerdict = span.events.every(({ name }) => name === 'gen_ai.evaluation.result')
  reading.take('kind', isVerdict ? 'evaluator' : 'generation', 'events', kindRank.shape)
  for (const { attributes } of span.events) {
    const written = asLabel(attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system'])
    if (written !== undefined) reading.take('provider', foldProvider(written), 'gen_ai.system')
    reading.take('responseId', asLabel(attributes['gen_ai.response.id']), 'gen_ai.response.id')
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const twin = detailed(span)
  return twin && otelGenAi.usage?.(twin)
}

/** One event, one message. */
function messages(span: RawSpan): number | undefined {
  let count = 0
  for (const { name } of span.events) if (roles.has(name) || name === 'gen_ai.choice') count++
  return count > 0 ? count : undefined
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const twin = detailed(span)
  if (twin) otelGenAi.content(twin, reading, known)
  const input: Message[] = []
  const output: { index: number; message: Message }[] = []
  for (const event of span.events) {
    const role = roles.get(event.name)
    if (role !== undefined) {
      const body = bodyOf(event)
      if (body) input.push(readMessage(body, role))
    } else if (event.name === 'gen_ai.choice') {
      const body = bodyOf(event)
      if (body)
        output.push({ index: asNumber(body['index']) ?? output.length, message: readMessage(body, 'assistant') })
    } else readWholeEvent(event, reading)
  }
  takeMessages(reading, 'inputMessages', input, 'gen_ai.*.message events')
  if (output.length === 0) return
  const messages = output.sort((a, b) => a.index - b.index).map(choice => choice.message)
  takeMessages(reading, 'outputMessages', messages, 'gen_ai.choice events')
  reading.take(
    'finishReasons',
    asLabels(messages.flatMap(message => message.finishReason ?? [])),
    'gen_ai.choice events',
  )
}

/** Events that carry a whole conversation rather than one message. */
function readWholeEvent(event: RawEvent, reading: Reading<Content>): void {
  const a = event.attributes
  switch (event.name) {
    case 'gen_ai.content.prompt':
      takeMessages(reading, 'inputMessages', readMessages(a['gen_ai.prompt'], 'user'), event.name)
      break
    case 'gen_ai.content.completion':
      takeMessages(reading, 'outputMessages', readMessages(a['gen_ai.completion'], 'assistant'), event.name)
      break
    default:
      readExchange(event, reading)
  }
}

/** AWS's distribution: `{input: {messages: [{role, content}]}, output: {messages: […]}}`, contents wrapped once more. */
function readExchange(event: RawEvent, reading: Reading<Content>): void {
  if (event.attributes['body'] === undefined) return
  const body = asObject(event.attributes['body'])
  for (const [field, side, role] of [
    ['inputMessages', 'input', 'user'],
    ['outputMessages', 'output', 'assistant'],
  ] as const) {
    const list = isObject(body?.[side]) ? body[side]['messages'] : undefined
    const found = isList(list) ? list.flatMap(item => (isObject(item) ? readMessage(unwrapped(item), role) : [])) : []
    takeMessages(reading, field, found, event.name)
  }
}

function unwrapped(message: JsonObject): JsonObject {
  const { content: wrapped } = message
  if (!isObject(wrapped)) return message
  const inner = wrapped['content'] ?? wrapped['message']
  if (inner === undefined) return message
  const read = typeof inner === 'string' ? (parseJson(inner) ?? inner) : inner
  return { ...message, ...wrapped, content: isObject(read) && 'content' in read ? (read['content'] ?? null) : read }
}

/** The event's fields as one message body; some producers put the body whole under `body` or `event.body`. */
function bodyOf(event: RawEvent): Record<string, JsonValue> | undefined {
  const whole = asObject(event.attributes['body'] ?? event.attributes['event.body'])
  const body = emptyObject()
  for (const [name, value] of Object.entries(whole ?? event.attributes)) {
    if (name.startsWith('gen_ai.') || name.startsWith('event.')) continue
    body[name] = structuredFields.has(name) ? (asStructure(value) ?? toJson(value)) : toJson(value)
  }
  // Generation 3 messages sent one by one: the parts are the body.
  const parts = event.attributes['gen_ai.message.parts']
  if (parts !== undefined) body['parts'] = asStructure(parts) ?? null
  const message = body['message']
  if (message !== undefined && !isObject(message)) body['message'] = { role: 'assistant', content: message }
  return Object.keys(body).some(name => name !== 'role' && name !== 'index' && name !== 'finish_reason')
    ? body
    : undefined
}

export const otelGenAiEvents: Convention = {
  id: 'otel-genai-events',
  label: 'OpenTelemetry GenAI, texts in events',
  precedence: 5,
  // Events of AWS's distribution are named after the instrumentation.
  prefixes: ['opentelemetry.instrumentation.', 'openinference.instrumentation.', 'strands.telemetry.'],
  names: [
    ...roles.keys(),
    ...details,
    'gen_ai.choice',
    'gen_ai.content.prompt',
    'gen_ai.content.completion',
    'gen_ai.evaluation.result',
    'gen_ai.client.operation.exception',
  ],
  // The names stand on events, not among a span's attributes.
  reads: [],
  inEvents: true,
  facts,
  content,
  usage,
  messages,
}
