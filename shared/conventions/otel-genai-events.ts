// OpenTelemetry GenAI, texts in span events: generation 1 (`gen_ai.content.prompt`), generation 2 (one event a message)
// and generation 3 (`gen_ai.client.inference.operation.details`). The same events as log records share this reading.
// Left out: bodies that are empty because capture was off; the events themselves still show that there were messages.

import type { RawEvent, RawSpan } from '../domain/raw-span.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import type { Content, Convention, Reading } from './convention.ts'
import { countParts, readMessage } from './messages.ts'
import { takeConversation, takeMessages } from './otel-genai-content.ts'
import { readTools } from './tools.ts'
import { asLabels, asNumber, asObject, asStructure, emptyObject, isObject, toJson, type Written } from './values.ts'

const roles = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])

/** Fields of a generation 2 body that a span event writes as attributes, structures as JSON text. */
const structuredFields = new Set(['tool_calls', 'message', 'content', 'parts', 'function_call'])

function content(span: RawSpan, reading: Reading<Content>): void {
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
  if (input.length > 0) reading.take('inputMessages', input, 'gen_ai.*.message events', -countParts(input))
  if (output.length === 0) return
  const messages = output.sort((a, b) => a.index - b.index).map(choice => choice.message)
  reading.take('outputMessages', messages, 'gen_ai.choice events', -countParts(messages))
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
      takeMessages(reading, 'inputMessages', a['gen_ai.prompt'], 'user', event.name)
      break
    case 'gen_ai.content.completion':
      takeMessages(reading, 'outputMessages', a['gen_ai.completion'], 'assistant', event.name)
      break
    case 'gen_ai.client.inference.operation.details':
    case 'gen_ai.client.inference.details': {
      const body = asObject(a['body']) ?? emptyObject()
      const field = (name: string): Written => a[name] ?? body[name]
      takeConversation(
        reading,
        field('gen_ai.system_instructions'),
        field('gen_ai.input.messages'),
        field('gen_ai.output.messages'),
        event.name,
      )
      reading.take('toolsOffered', readTools(field('gen_ai.tool.definitions')), event.name)
      break
    }
    default:
  }
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
  prefixes: [],
  names: [
    ...roles.keys(),
    'gen_ai.choice',
    'gen_ai.content.prompt',
    'gen_ai.content.completion',
    'gen_ai.client.inference.operation.details',
    'gen_ai.client.inference.details',
  ],
  reads: [],
  inEvents: true,
  facts: () => {},
  content,
}
