import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import { isBody, type Body } from './bodies/fields.ts'
import { requestApi, responseApi } from './bodies/index.ts'
import { readItems } from './bodies/openai-responses.ts'
import { parametersOf, type RequestContent, type ResponseContent } from './bodies/provider-api.ts'
import type { Content, Reading } from './convention.ts'
import { fromLangChain } from './langchain.ts'
import { messagesOf, readInstructions, readMessage, takeMessages } from './messages.ts'
import { first } from './parts.ts'
import { parseScalarJson } from './json-text.ts'
import { toolsOf } from './tools.ts'
import { asJson, asLabel, asText, isDeferred, isList, isObject, present, type Written } from './values.ts'

// What platforms keep of a model call is what the code around it was given and gave back: a provider's request and answer
// (bodies/ reads those), LangChain's prompts and generations, or messages. Which of these it is shows in the keys.

export interface Answered extends ResponseContent {
  readonly model?: string
  readonly responseId?: string
}

export function takeAsked(
  reading: Reading<Content>,
  value: JsonValue | undefined,
  from: string,
  parametersRank?: number,
): void {
  const { messages, tools, parameters, metadata } = readAsked(value)
  takeMessages(reading, 'inputMessages', messages, from)
  reading.take('toolsOffered', tools, from)
  reading.take('parameters', parameters, from, parametersRank)
  // The platform's own metadata says more.
  reading.take('metadata', metadata, from, 1)
}

export function takeAnswered(reading: Reading<Content>, value: JsonValue | undefined, from: string): void {
  const { messages, finishReasons, documents, query, tools } = readAnswered(value)
  takeMessages(reading, 'outputMessages', messages, from)
  reading.take('finishReasons', finishReasons, from)
  reading.take('documents', documents, from)
  reading.take('query', query, from)
  reading.take('toolsOffered', tools, from)
}

/** Wrappers of a request: positional arguments, keyword arguments. Deeper than this nobody wraps. */
const deepestWrapper = 3

/** The request itself, out of what the traced function was called with. */
function unwrap<T extends Body>(value: T, levels = deepestWrapper): T {
  if (levels === 0) return value
  const { args, kwargs, request, body } = value
  const inner = [Array.isArray(args) ? (args as readonly Written[])[0] : undefined]
  if (!isRequest(value)) inner.push(kwargs, request, body)
  const found = inner.find(item => isBody(item) && isRequest(item))
  return found === undefined ? value : unwrap(found as T, levels - 1)
}

const requestKeys = ['messages', 'contents', 'prompts', 'prompt', 'input'] as const
const instructionKeys = ['system', 'instructions', 'system_instruction', 'systemInstruction'] as const
const notParameters: ReadonlySet<string> = new Set([...requestKeys, ...instructionKeys, 'model', 'tools', 'functions'])

function isRequest(value: Body): boolean {
  return value['role'] === undefined && requestKeys.some(key => value[key] !== undefined && value[key] !== null)
}

export function readAsked(written: JsonValue | undefined): RequestContent {
  if (written === undefined || written === null) return {}
  if (!isObject(written)) return said(conversation(written, 'user'))
  const value = unwrap(written)
  if (!isRequest(value)) return said([readMessage(value, 'user')])
  const api = requestApi(value)
  if (api) return api.readRequest(value)
  const system = readInstructions(first(value, instructionKeys))
  const rest = conversation(first(value, requestKeys), 'user') ?? []
  const tools = first(value, ['tools', 'functions'])
  return {
    ...said(system ? [system, ...rest] : rest),
    ...present({
      tools: tools === undefined ? undefined : toolsOf(tools),
      parameters: parametersOf(value, notParameters),
    }),
  }
}

function said(messages: readonly Message[] | undefined): { readonly messages?: readonly Message[] } {
  return messages?.some(message => message.parts.length > 0) ? { messages } : {}
}

/** A text, a list of messages, of prompts (LangChain's `[[…]]`) or of OpenAI's items. */
function conversation(value: JsonValue | undefined, role: string): Message[] | undefined {
  if (typeof value === 'string') return value === '' ? undefined : [{ role, parts: [{ type: 'text', text: value }] }]
  if (isList(value) && value.some(isItem)) return readItems(value)
  return value === undefined ? undefined : messagesOf(value, role)
}

/** OpenAI's Responses put calls, results and thoughts beside messages rather than inside them. */
function isItem(value: JsonValue): boolean {
  return isObject(value) && typeof value['type'] === 'string' && /^(?:function_call|reasoning)/.test(value['type'])
}

export function readAnswered(value: JsonValue | undefined): Answered {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) return withReasons(conversation(value, 'assistant'))
  const api = responseApi(value)
  const facts = api?.responseFacts(value)
  const about = isObject(value['llm_output']) ? value['llm_output'] : {}
  return {
    ...(api ? api.readResponse(value) : readUnknownAnswer(value)),
    ...present({
      model: facts?.model ?? asLabel(first(value, ['model', 'model_name']) ?? first(about, ['model_name'])),
      responseId: facts?.id ?? asLabel(first(value, ['id'])),
    }),
  }
}

function readUnknownAnswer(value: JsonObject): Answered {
  const { generations, output } = value
  const reason = first(value, ['stop_reason', 'finish_reason', 'finishReason'])
  if (isList(generations)) return withReasons(generations.flatMap(readGeneration), reason)
  if (isList(output)) return withReasons(conversation(output, 'assistant'), reason)
  if (isList(value['messages'])) return withReasons(messagesOf(value['messages'], 'assistant'), reason)
  if ('role' in value || 'content' in value || 'tool_calls' in value || fromLangChain(value))
    return withReasons([readMessage(value, 'assistant')], reason)
  const inner = first(value, ['message', 'output', 'text', 'response', 'answer', 'completion', 'result'])
  return withReasons(isObject(inner) ? [readMessage(inner, 'assistant')] : conversation(inner, 'assistant'), reason)
}

function withReasons(messages: readonly Message[] | undefined, reason?: JsonValue): Answered {
  if (!messages || messages.length === 0) return {}
  const reasons = messages.flatMap(message => message.finishReason ?? [])
  const all = reasons.length > 0 ? reasons : typeof reason === 'string' && reason !== '' ? [reason] : []
  return { messages, ...(all.length > 0 ? { finishReasons: all } : {}) }
}

/** LangChain's `generations[prompt][candidate]`: a message where the model chats, else a text. */
function readGeneration(value: JsonValue): Message[] {
  if (isList(value)) return value.flatMap(readGeneration)
  if (!isObject(value)) return []
  const info = isObject(value['generation_info']) ? value['generation_info'] : {}
  const { message } = value
  const read = readMessage(isObject(message) ? message : { content: value['text'] ?? '' }, 'assistant')
  const reason = first(info, ['finish_reason', 'stop_reason'])
  return [
    { ...read, ...(read.finishReason === undefined && typeof reason === 'string' ? { finishReason: reason } : {}) },
  ]
}

/** How many messages these are. A list, or a provider's body, is counted without reading its texts. */
export function countExchange(asked: Written, answered: Written): number | undefined {
  const before = countAsked(asked)
  const after = countAnswered(answered)
  return before === undefined && after === undefined ? undefined : (before ?? 0) + (after ?? 0)
}

function countAsked(value: Written): number | undefined {
  const listed = countListed(value)
  if (listed !== undefined) return listed
  const request = isBody(value) ? unwrap(value) : undefined
  const api = request && requestApi(request)
  return api ? api.countRequest(request) : readAsked(spelled(value)).messages?.length
}

function countAnswered(value: Written): number | undefined {
  const listed = countListed(value)
  if (listed !== undefined) return listed
  const response = isBody(value) ? value : undefined
  const api = response && responseApi(response)
  return api ? api.countResponse(response) : readAnswered(spelled(value)).messages?.length
}

function countListed(value: Written): number | undefined {
  if (isDeferred(value)) return value.items
  if (!Array.isArray(value)) return undefined
  const only: Written = value.length === 1 ? (value as readonly Written[])[0] : undefined
  return Array.isArray(only) ? only.length : undefined
}

function spelled(value: Written): JsonValue | undefined {
  const text = asText(value)
  return text === undefined ? asJson(value) : (parseScalarJson(text) ?? text)
}
