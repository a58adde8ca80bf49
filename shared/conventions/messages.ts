import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Content, Reading } from './convention.ts'
import { fromLangChain, withCalls } from './langchain.ts'
import { readFrom } from './origins.ts'
import { first, readParts, readToolCall, readToolResult } from './parts.ts'
import { asStructure, asText, isList, isObject, type Written } from './values.ts'

/**
 * Messages out of an attribute: a list (or one) of `{role, parts | content, tool_calls …}`, as JSON text or structured,
 * bare or under `messages`. A plain text is one message of `role`. Undefined when there is nothing.
 */
export function readMessages(value: Written, role: string): Message[] | undefined {
  if (value === undefined || value === null) return undefined
  const structure = asStructure(value)
  if (structure === undefined) {
    const text = asText(value)
    return text === undefined || text === '' ? undefined : [{ role, parts: [{ type: 'text', text }] }]
  }
  const messages = messagesOf(structure, role)
  // An answer in JSON that is no message is the text it was written as.
  if (isObject(structure) && messages?.every(({ parts }) => parts.length === 0) && !isMessageLike(structure))
    return [{ role, parts: [{ type: 'text', text: asText(value) ?? JSON.stringify(structure) }] }]
  return messages
}

function isMessageLike(value: JsonObject): boolean {
  return isMessage(value) || 'content' in value || 'messages' in value || Object.keys(value).length === 0
}

/** Like readMessages, for JSON already read. */
export function messagesOf(value: JsonValue, role: string): Message[] | undefined {
  if (isObject(value)) {
    if (isList(value['messages'])) return messagesOf(value['messages'], role)
    return [readMessage(value, role)]
  }
  if (!isList(value)) return undefined
  // LangChain nests one list per prompt: [[…]].
  if (value.length === 1 && isList(value[0])) return messagesOf(value[0], role)
  const messages: Message[] = []
  let loose: Part[] = []
  const flush = () => {
    if (loose.length > 0) messages.push({ role, parts: loose })
    loose = []
  }
  for (const item of value) {
    // A list of parts, not of messages: Anthropic's content blocks, system instructions.
    if (isObject(item) && isMessage(item)) {
      flush()
      messages.push(readMessage(item, role))
    } else loose.push(...readParts(item))
  }
  flush()
  return messages.length > 0 ? messages : undefined
}

function isMessage(value: JsonObject): boolean {
  return (
    typeof value['role'] === 'string' ||
    isList(value['parts']) ||
    isList(value['tool_calls']) ||
    isObject(value['message']) ||
    fromLangChain(value) !== undefined
  )
}

export function readMessage(written: JsonObject, role: string): Message {
  const value = fromLangChain(written) ?? withCalls(written, written['additional_kwargs'])
  // A choice: {index, finish_reason, message: {…}}; very old ones put tool_calls beside the message.
  const inner = isObject(value['message']) ? value['message'] : value
  const body = fromLangChain(inner) ?? inner
  const finishReason = first(value, ['finish_reason', 'finishReason'])
  const name = body['name']
  const actual = typeof body['role'] === 'string' && body['role'] !== '' ? body['role'].toLowerCase() : role
  const message: Message = {
    role: actual,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...(typeof finishReason === 'string' && finishReason !== '' ? { finishReason } : {}),
    parts: partsOf(body, value, actual),
  }
  return readFrom(message, body)
}

function partsOf(body: JsonObject, outer: JsonObject, role: string): Part[] {
  const parts = isList(body['parts']) ? readParts(body['parts']) : []
  const content = body['content']
  const callId = first(body, ['tool_call_id', 'toolCallId'])
  const answersCall =
    typeof callId === 'string' || (role === 'tool' && typeof body['id'] === 'string' && !isList(body['parts']))
  if (answersCall && !parts.some(part => part.type === 'tool_result')) {
    const name = body['name']
    const result = readToolResult({
      id: typeof callId === 'string' ? callId : body['id']!,
      content: content ?? null,
      ...(typeof name === 'string' ? { name } : {}),
    })
    if (result) parts.push(result)
  } else if (content !== undefined) parts.push(...readParts(content))
  else if (!isList(body['parts']) && typeof body['text'] === 'string') parts.push({ type: 'text', text: body['text'] })

  const thought = first(body, ['reasoning_content', 'reasoning', 'thinking'])
  if (typeof thought === 'string' && thought !== '' && !parts.some(part => part.type === 'reasoning'))
    parts.unshift({ type: 'reasoning', text: thought })
  if (typeof body['refusal'] === 'string' && body['refusal'] !== '')
    parts.push({ type: 'refusal', text: body['refusal'] })
  const calls = body['tool_calls'] ?? outer['tool_calls']
  const list = isList(calls) ? calls : body['function_call'] ? [body['function_call']] : []
  for (const call of list) {
    const part = isObject(call) ? readToolCall(call) : undefined
    if (part) parts.push(part)
  }
  return parts
}

/** Of several readings the one with most parts is shown: dialects drop images and reasoning from their copies. */
export function takeMessages(
  reading: Reading<Content>,
  field: 'inputMessages' | 'outputMessages',
  messages: readonly Message[] | undefined,
  from: string,
): void {
  if (messages === undefined || messages.length === 0) return
  reading.take(field, messages, from, -messages.reduce((parts, message) => parts + message.parts.length, 0))
}

/** `gen_ai.system_instructions` and the like: a plain text, or parts. Goes before the other messages. */
export function readInstructions(value: Written): Message | undefined {
  const messages = readMessages(value, 'system')
  if (messages === undefined) return undefined
  const parts = messages.flatMap(message => message.parts)
  return parts.length > 0 ? { role: 'system', parts } : undefined
}
