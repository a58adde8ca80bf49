// Texts and structures of the Vercel AI SDK, and its answers as other dialects carry them (DevTools, Mastra).

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { Content, Facts, Reading } from './convention.ts'
import { documentsOf } from './documents.ts'
import { parseScalarJson } from './json-text.ts'
import { messagesOf, readMessages, takeMessages } from './messages.ts'
import { first, readParts, readToolCall } from './parts.ts'
import { readTools } from './tools.ts'
import {
  asJson,
  asLabel,
  asList,
  asNumber,
  asStructure,
  asText,
  emptyObject,
  isList,
  isObject,
  present,
  type Written,
} from './values.ts'

export function readVercelContent(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const a = span.attributes
  takeMessages(reading, 'inputMessages', readMessages(a['ai.prompt.messages'], 'user'), 'ai.prompt.messages')
  const prompt = readPrompt(a['ai.prompt'])
  takeMessages(reading, 'inputMessages', prompt, 'ai.prompt')
  if (!prompt && a['ai.prompt'] !== undefined) reading.take('input', asJson(a['ai.prompt']), 'ai.prompt')
  takeMessages(reading, 'inputMessages', messagesIn(asText(a['ai.request.text']), 'user'), 'ai.request.text')
  const answer = readAnswer({
    text: asText(a['ai.response.text'] ?? a['ai.result.text']) ?? null,
    object: asText(a['ai.response.object'] ?? a['ai.result.object']) ?? null,
    reasoning: asJson(a['ai.response.reasoning']) ?? null,
    toolCalls: asStructure(a['ai.response.toolCalls'] ?? a['ai.result.toolCalls']) ?? null,
    files: asStructure(a['ai.response.files']) ?? null,
    finishReason: asLabel(a['ai.response.finishReason'] ?? a['ai.finishReason']) ?? null,
  })
  takeMessages(reading, 'outputMessages', answer, 'ai.response.*')
  const reason = asLabel(a['ai.response.finishReason'] ?? a['ai.finishReason'])
  if (reason !== undefined) reading.take('finishReasons', [reason], 'ai.response.finishReason')
  reading.take('toolsOffered', readTools(a['ai.prompt.tools']), 'ai.prompt.tools')
  readSettings(span, reading)
  readMetadata(span, reading)
  if (facts.kind === 'tool')
    reading.take(
      'tool',
      present({
        name: asLabel(a['ai.toolCall.name']),
        callId: asLabel(a['ai.toolCall.id']),
        arguments: asJson(a['ai.toolCall.args']),
        result: asJson(a['ai.toolCall.result']),
      }),
      'ai.toolCall.*',
    )
  const embedded = a['ai.value'] ?? a['ai.values']
  if (embedded !== undefined) reading.take('input', plainJson(embedded), 'ai.value')
  if (a['ai.documents'] !== undefined) readRanking(span, reading)
}

/** The outer operation's own words: `{system, prompt | messages}`, where `prompt` is a text or messages. */
export function readPrompt(written: Written): Message[] | undefined {
  const prompt = asStructure(written)
  if (!isObject(prompt)) return readMessages(written, 'user')
  const system = prompt['system'] ?? prompt['instructions']
  const said = [prompt['messages'], prompt['prompt']].flatMap(value => messagesIn(value, 'user'))
  const messages = [...messagesIn(system, 'system'), ...said]
  return messages.length > 0 ? messages : undefined
}

function messagesIn(value: JsonValue | undefined, role: string): readonly Message[] {
  if (value === undefined || value === null || value === '') return []
  return typeof value === 'string' ? [{ role, parts: readParts(value) }] : (messagesOf(value, role) ?? [])
}

/**
 * An answer as the SDK's results are built: `{text, object, reasoning, toolCalls, files, finishReason}`, each where there
 * is one. One message, or none where nothing was said.
 */
export function readAnswer(answer: JsonObject): Message[] | undefined {
  const parts: Part[] = [
    ...listed(answer['reasoning']).flatMap(readThought),
    ...texts(answer['text']),
    ...texts(answer['object']),
    ...listed(answer['toolCalls']).flatMap(call => (isObject(call) ? (readToolCall(unwrap(call)) ?? []) : [])),
    ...listed(answer['files']).flatMap(file => (isObject(file) ? readParts({ type: 'file', ...file }) : [])),
  ]
  if (parts.length === 0) return undefined
  const finishReason = asLabel(answer['finishReason'] ?? undefined)
  return [{ role: 'assistant', ...(finishReason === undefined ? {} : { finishReason }), parts }]
}

function texts(value: JsonValue | undefined): Part[] {
  if (value === undefined || value === null || value === '') return []
  return [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }]
}

/** A text, or parts that say themselves what they are. */
function readThought(value: JsonValue): Part[] {
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'reasoning', text: value }]
  return isObject(value) ? readParts({ type: 'reasoning', ...value }) : []
}

/** Mastra wraps a call once more: `{type: 'tool-call', payload: {toolCallId, toolName, args}}`. */
function unwrap(call: JsonObject): JsonObject {
  return isObject(call['payload']) ? call['payload'] : call
}

function listed(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : value === undefined || value === null ? [] : [value]
}

const settings = 'ai.settings.'

/** Settings beside what the GenAI names already gave: those say the same under other names and stay. */
function readSettings(span: RawSpan, reading: Reading<Content>): void {
  const own = emptyObject()
  for (const [name, value] of Object.entries(span.attributes)) {
    if (name.startsWith(settings)) own[name.slice(settings.length)] = asJson(value) ?? null
  }
  for (const [name, as] of [
    ['ai.prompt.toolChoice', 'toolChoice'],
    ['ai.schema', 'schema'],
    ['ai.schema.name', 'schemaName'],
    ['ai.schema.description', 'schemaDescription'],
  ] as const) {
    const value = asJson(span.attributes[name])
    if (value !== undefined) own[as] = value
  }
  if (Object.keys(own).length === 0) return
  reading.take('parameters', Object.assign(own, reading.values.parameters), 'ai.settings.*', -1)
}

const metadata = 'ai.telemetry.metadata.'
const headers = 'ai.request.headers.'

function readMetadata(span: RawSpan, reading: Reading<Content>): void {
  const found = emptyObject()
  const sent = emptyObject()
  for (const [name, value] of Object.entries(span.attributes)) {
    if (name.startsWith(metadata)) found[name.slice(metadata.length)] = asJson(value) ?? null
    else if (name.startsWith(headers)) sent[name.slice(headers.length)] = asJson(value) ?? null
  }
  if (Object.keys(sent).length > 0) found['request headers'] = sent
  const answered = asJson(span.attributes['ai.response.providerMetadata'])
  if (answered !== undefined) found['provider metadata'] = answered
  if (Object.keys(found).length > 0) reading.take('metadata', found, 'ai.telemetry.metadata.*')
}

/** Values to embed are JSON of texts: `"\"a\""` is the text a. */
function plainJson(written: Written): JsonValue | undefined {
  const value = asJson(written)
  const plain = (item: JsonValue): JsonValue => (typeof item === 'string' ? (parseScalarJson(item) ?? item) : item)
  return isList(value) ? value.map(plain) : value === undefined ? undefined : plain(value)
}

/** Documents stay in the order given; the ranking says `{index, score}` about them, best first. */
function readRanking(span: RawSpan, reading: Reading<Content>): void {
  const given = plainJson(span.attributes['ai.documents'])
  const ranking = asList(span.attributes['ai.ranking'])?.map(item =>
    typeof item === 'string' ? (parseScalarJson(item) ?? item) : item,
  )
  const documents = listed(given).map(item => (isObject(item) ? item : { content: item }))
  const ranked = ranking?.flatMap(item => {
    const index = isObject(item) ? asNumber(item['index']) : undefined
    const document = index === undefined ? undefined : documents[index]
    const score = isObject(item) ? first(item, ['score', 'relevanceScore']) : undefined
    return document === undefined ? [] : [{ ...document, ...(score === undefined ? {} : { score }) }]
  })
  reading.take('documents', documentsOf(ranked && ranked.length > 0 ? ranked : documents), 'ai.documents')
}
