import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, Part, ToolOffer } from '../domain/message.ts'
import { fromLangChain } from './langchain.ts'
import { messagesOf, readMessage } from './messages.ts'
import { first } from './parts.ts'
import { toolsOf } from './tools.ts'
import { parseScalarJson } from './json-text.ts'
import { asJson, asLabel, asText, emptyObject, isDeferred, isList, isObject, type Written } from './values.ts'

// What platforms keep of a model call is what the code around it was given and gave back: a provider's request and answer,
// LangChain's prompts and generations, or messages. Which of these it is shows in the keys.

export interface Asked {
  readonly messages?: readonly Message[]
  readonly tools?: readonly ToolOffer[]
  /** The request less what has a place of its own. */
  readonly parameters?: JsonObject
}

export interface Answered {
  readonly messages?: readonly Message[]
  readonly finishReasons?: readonly string[]
  readonly model?: string
  readonly responseId?: string
  /** Token counts under the provider's names. */
  readonly usage?: JsonObject
}

/** Wrappers of a request: positional arguments, keyword arguments. Deeper than this nobody wraps. */
const deepestWrapper = 3

export function readAsked(value: JsonValue | undefined, levels = deepestWrapper): Asked {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) return withMessages(conversation(value, 'user'))
  const wrapped = isList(value['args']) ? value['args'][0] : undefined
  if (levels > 0 && isObject(wrapped) && isRequest(wrapped)) return readAsked(wrapped, levels - 1)
  for (const key of ['kwargs', 'request', 'body'] as const) {
    const inner = value[key]
    if (levels > 0 && !isRequest(value) && isObject(inner) && isRequest(inner)) return readAsked(inner, levels - 1)
  }
  if (!isRequest(value)) return withMessages([readMessage(value, 'user')])
  const written = first(value, requestKeys)
  const instructions = first(value, ['system', 'instructions', 'system_instruction', 'systemInstruction'])
  const system = instructions === undefined ? [] : systemOf(instructions)
  const messages = [...system, ...(conversation(written, 'user') ?? [])]
  const tools = first(value, ['tools', 'functions'])
  const offered = isList(tools) ? toolsOf(tools) : isObject(tools) ? toolsOf(named(tools)) : undefined
  const parameters = parametersOf(value)
  return {
    ...withMessages(messages),
    ...(offered ? { tools: offered } : {}),
    ...(parameters ? { parameters } : {}),
  }
}

const requestKeys = ['messages', 'contents', 'prompts', 'prompt', 'input'] as const

function isRequest(value: JsonObject): boolean {
  if (value['role'] !== undefined || fromLangChain(value)) return false
  return requestKeys.some(key => value[key] !== undefined && value[key] !== null)
}

/** A dictionary of tools by name, as AI SDK is given them. */
function named(tools: JsonObject): JsonValue[] {
  return Object.entries(tools).map(([name, tool]) => (isObject(tool) ? { ...tool, name } : name))
}

function systemOf(written: JsonValue): Message[] {
  const messages = isObject(written) ? [readMessage(written, 'system')] : conversation(written, 'system')
  const parts = (messages ?? []).flatMap(message => message.parts)
  return parts.length > 0 ? [{ role: 'system', parts }] : []
}

function withMessages(messages: readonly Message[] | undefined): Asked {
  return messages && messages.some(message => message.parts.length > 0) ? { messages } : {}
}

const elsewhere = new Set<string>([
  ...requestKeys,
  'model',
  'tools',
  'functions',
  'system',
  'instructions',
  'system_instruction',
  'systemInstruction',
])

function parametersOf(request: JsonObject): JsonObject | undefined {
  const parameters = emptyObject()
  for (const [name, value] of Object.entries(request)) {
    if (!elsewhere.has(name) && value !== null) parameters[name] = value
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined
}

/** A text, a list of messages, of prompts (LangChain's `[[…]]`) or of Responses items. */
function conversation(value: JsonValue | undefined, role: string): Message[] | undefined {
  if (typeof value === 'string') return value === '' ? undefined : [{ role, parts: [{ type: 'text', text: value }] }]
  if (isList(value) && value.some(isItem)) return value.flatMap(item => itemMessage(item, role))
  return value === undefined ? undefined : messagesOf(value, role)
}

/** OpenAI's Responses put calls, results and thoughts beside messages rather than inside them. */
function isItem(value: JsonValue): boolean {
  return isObject(value) && typeof value['type'] === 'string' && itemRoles[value['type']] !== undefined
}

const itemRoles: { readonly [type: string]: string | undefined } = Object.assign(Object.create(null) as object, {
  function_call: 'assistant',
  function_call_output: 'tool',
  reasoning: 'assistant',
})

function itemMessage(item: JsonValue, role: string): Message[] {
  if (!isObject(item)) return typeof item === 'string' ? [{ role, parts: [{ type: 'text', text: item }] }] : []
  const type = typeof item['type'] === 'string' ? item['type'] : ''
  const of = itemRoles[type]
  if (of === undefined) return [readMessage(item, role)]
  const parts = messagesOf([item], of)?.flatMap(message => message.parts) ?? []
  return parts.length > 0 ? [{ role: of, parts }] : []
}

export function readAnswered(value: JsonValue | undefined): Answered {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) return answer(conversation(value, 'assistant'))
  const { choices, generations, candidates } = value
  const output = value['output']
  let messages: Message[] | undefined
  if (isList(choices)) messages = choices.flatMap(choice => (isObject(choice) ? [choiceMessage(choice)] : []))
  else if (isList(generations)) messages = generations.flatMap(readGeneration)
  else if (isList(candidates)) messages = candidates.flatMap(readCandidate)
  else if (isList(output)) messages = joinAssistant(conversation(output, 'assistant') ?? [])
  else if (isList(value['messages'])) messages = messagesOf(value['messages'], 'assistant')
  else if ('role' in value || 'content' in value || 'tool_calls' in value || fromLangChain(value))
    messages = [readMessage(value, 'assistant')]
  else {
    const inner = first(value, ['message', 'output', 'text', 'response', 'answer', 'completion', 'result'])
    messages = isObject(inner) ? [readMessage(inner, 'assistant')] : conversation(inner, 'assistant')
  }
  const about = isObject(value['llm_output']) ? value['llm_output'] : undefined
  const usage = first(value, ['usage_metadata', 'usage', 'usageMetadata', 'token_usage'])
  const found = isObject(usage) ? usage : first(about ?? {}, ['token_usage', 'usage'])
  const model = first(value, ['model', 'modelVersion', 'model_name']) ?? about?.['model_name']
  const id = first(value, ['id', 'responseId'])
  const reason = first(value, ['stop_reason', 'finish_reason', 'finishReason'])
  return {
    ...answer(messages, reason),
    ...(asLabel(model) === undefined ? {} : { model: asLabel(model)! }),
    ...(asLabel(id) === undefined ? {} : { responseId: asLabel(id)! }),
    ...(isObject(found) ? { usage: found } : {}),
  }
}

function answer(messages: readonly Message[] | undefined, reason?: JsonValue): Answered {
  if (!messages || messages.length === 0) return {}
  const reasons = messages.flatMap(message => message.finishReason ?? [])
  const all = reasons.length > 0 ? reasons : typeof reason === 'string' && reason !== '' ? [reason] : []
  return { messages, ...(all.length > 0 ? { finishReasons: all } : {}) }
}

function choiceMessage(choice: JsonObject): Message {
  const text = choice['text']
  return readMessage(typeof text === 'string' ? { ...choice, content: text } : choice, 'assistant')
}

/** LangChain's `generations[prompt][candidate]`: a message where the model chats, else a text. */
function readGeneration(value: JsonValue): Message[] {
  if (isList(value)) return value.flatMap(readGeneration)
  if (!isObject(value)) return []
  const info = isObject(value['generation_info']) ? value['generation_info'] : {}
  const message = value['message']
  const body: JsonObject = isObject(message) ? message : { content: value['text'] ?? '' }
  const read = readMessage(body, 'assistant')
  const reason = first(info, ['finish_reason', 'stop_reason'])
  return [
    { ...read, ...(read.finishReason === undefined && typeof reason === 'string' ? { finishReason: reason } : {}) },
  ]
}

function readCandidate(value: JsonValue): Message[] {
  if (!isObject(value)) return []
  const content = isObject(value['content']) ? value['content'] : {}
  const reason = value['finishReason']
  return [readMessage({ ...content, ...(typeof reason === 'string' ? { finish_reason: reason } : {}) }, 'model')]
}

/** What one answer consists of is one message, whatever number of items it was written as. */
function joinAssistant(messages: readonly Message[]): Message[] {
  const joined: { role: string; parts: Part[] }[] = []
  for (const { role, parts } of messages) {
    const last = joined.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else joined.push({ role, parts: [...parts] })
  }
  return joined
}

/** How many messages these are, as readAsked and readAnswered would tell. A list is counted without reading its texts. */
export function countExchange(asked: Written, answered: Written): number | undefined {
  const before = listed(asked) ?? readAsked(spelled(asked)).messages?.length
  const after = listed(answered) ?? readAnswered(spelled(answered)).messages?.length
  return before === undefined && after === undefined ? undefined : (before ?? 0) + (after ?? 0)
}

function listed(value: Written): number | undefined {
  if (isDeferred(value)) return value.items
  if (!Array.isArray(value)) return undefined
  const only: Written = value.length === 1 ? (value as readonly Written[])[0] : undefined
  return Array.isArray(only) ? only.length : undefined
}

function spelled(value: Written): JsonValue | undefined {
  const text = asText(value)
  return text === undefined ? asJson(value) : (parseScalarJson(text) ?? text)
}
