// OpenAI Responses. https://platform.openai.com/docs/api-reference/responses/create
// A conversation is a list of items: calls, results and thoughts stand beside the messages. Calls and thoughts have no role.

import { openAiResponses as bodies } from '../../conventions/bodies/openai-responses.ts'
import { asWord, isList, isObject } from '../../conventions/values.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import type { Building, NeutralCall, Notes } from '../types.ts'
import {
  addressOf,
  argumentsText,
  isEmptyText,
  isListed,
  placeOf,
  plainTexts,
  readMedia,
  resultText,
  signatureOf,
  ownOrigin,
} from '../written.ts'
import { callPiece, errorPiece, nothing, pieceOf, type Piece } from '../pieces.ts'
import type { Dialect } from './dialect.ts'
import { noteConversation, objectOf, wordSet } from './shared.ts'

/** Items that are no messages. Hosted tools have types of their own; the words of others have a dash, or none of these ends. */
function isItem(value: JsonValue | undefined): value is JsonObject {
  const type = isObject(value) ? asWord(value['type']) : undefined
  if (type === undefined) return false
  if (type === 'function_call') return typeof (value as JsonObject)['arguments'] === 'string'
  if (type === 'reasoning') return isList((value as JsonObject)['summary'])
  return (
    /^(?:[a-z_]+_call|[a-z_]+_call_output|mcp_list_tools|mcp_approval_re(?:quest|sponse)|item_reference|compaction)$/.test(
      type,
    ) && type !== 'tool_call'
  )
}

function isMessageItem(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value) || !/^(?:system|developer|user|assistant)$/.test(asWord(value['role']) ?? '')) return false
  if ('parts' in value || 'tool_calls' in value || 'images' in value) return false
  const { content } = value
  return (
    typeof content === 'string' ||
    (isList(content) &&
      content.every(part => isObject(part) && /^(?:input|output)_|^refusal$/.test(asWord(part['type']) ?? '')))
  )
}

function writeMessages(call: NeutralCall, { body, notes }: Building): void {
  const items: JsonValue[] = []
  let isRebuilt = false
  let instructions: string | undefined
  for (const [i, message] of call.messages.entries()) {
    const origin = ownOrigin(message, call, 'openai-responses')
    const texts = plainTexts(message)
    if (call.recorder !== 'ai-sdk' && isMessageItem(origin)) items.push(origin)
    else if (i === 0 && message.role === 'system' && texts && call.recorder !== 'ai-sdk')
      instructions = texts.join('\n')
    else {
      if (!message.parts.every(part => isItem(ownOrigin(part, call, 'openai-responses')))) isRebuilt = true
      items.push(...writeItems(message, call, notes, placeOf('input', i)))
    }
  }
  if (instructions !== undefined) {
    body['instructions'] = instructions
    notes.add('rebuilt', 'instructions', 'the first message of role system')
  }
  body['input'] = items
  noteConversation(notes, 'input', !isRebuilt)
}

function writeItems(message: Message, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  const items: JsonObject[] = []
  const role = message.role === 'model' || message.role === 'ai' ? 'assistant' : message.role
  let said: Part[] = []
  const flush = (): void => {
    if (said.length > 0) items.push(writeMessage(message, role, said, call, notes, field))
    said = []
  }
  for (const part of message.parts) {
    const origin = ownOrigin(part, call, 'openai-responses')
    if (isItem(origin)) {
      flush()
      // Call and result of a hosted tool are one item.
      if (items.at(-1) !== origin) items.push(origin)
    } else if (part.type === 'text' || part.type === 'media' || part.type === 'refusal') {
      if (!isEmptyText(part, message)) said.push(part)
    } else {
      flush()
      items.push(...writeItem(part, call, notes, field))
    }
  }
  flush()
  return items
}

function writeMessage(
  message: Message,
  written: string,
  said: readonly Part[],
  call: NeutralCall,
  notes: Notes,
  field: string,
): JsonObject {
  const role = /^(?:system|developer|assistant)$/.test(written) ? written : 'user'
  const texts = plainTexts({ role, parts: said })
  const isText = role === 'system' || role === 'developer'
  const isPlain =
    texts?.length === 1 && (call.recorder === 'ai-sdk' ? isText : role === 'assistant' || !isListed(message, call))
  const content = isPlain ? texts[0]! : said.flatMap(part => writePart(part, role, call, notes, field))
  return { role, content }
}

function writePart(part: Part, role: string, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  const own = role === 'assistant' ? 'output_text' : 'input_text'
  if (part.type === 'text') return [{ type: own, text: part.text }]
  if (part.type === 'refusal') return [{ type: 'refusal', refusal: part.text }]
  if (part.type !== 'media') return []
  const media = readMedia(part, call)
  const url = addressOf(media)
  const { fileId: file_id, name: filename } = media
  if (media.kind === 'image' && (url ?? file_id) !== undefined)
    return [objectOf({ type: 'input_image', image_url: url, file_id, detail: media.detail ?? impliedDetail(call) })]
  if (media.kind === 'file' && (url ?? file_id) !== undefined) {
    const where = media.data === undefined ? { file_url: media.url } : { filename, file_data: url }
    return [objectOf({ type: 'input_file', ...(file_id === undefined ? where : { file_id }) })]
  }
  notes.lost(field, `${media.kind}, which this interface does not take`)
  return []
}

/** What others mean by saying nothing. Where it was asked by this interface nothing is said either. */
function impliedDetail({ spokenIn }: NeutralCall): string | undefined {
  return spokenIn === undefined || spokenIn === 'openai-responses' ? undefined : 'auto'
}

function writeItem(part: Part, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  if (part.type === 'tool_call' || part.type === 'tool_result') {
    if (part.id === undefined) notes.lost(field, 'the id that joins a tool call and its result')
    const call_id = part.id ?? ''
    return part.type === 'tool_call'
      ? [{ type: 'function_call', call_id, name: part.name, arguments: argumentsText(part, call) }]
      : [{ type: 'function_call_output', call_id, output: resultText(part, call) }]
  }
  if (part.type === 'reasoning') {
    const id = asWord(call.originOf(part)?.['id'])
    const encrypted_content =
      call.spokenIn === undefined || call.spokenIn === 'openai-responses' ? signatureOf(part, call) : undefined
    if (id !== undefined && encrypted_content !== undefined) {
      const summary = part.text === '' ? [] : [{ type: 'summary_text', text: part.text }]
      return [{ type: 'reasoning', id, summary, encrypted_content }]
    }
    notes.lost(field, 'reasoning, which is taken back with its id and cipher only')
    return []
  }
  notes.lost(field, 'a part that this interface does not have')
  return []
}

const ends = wordSet('response.completed response.incomplete response.cancelled response.failed')

function readPiece(event: JsonObject): Piece {
  const { type, delta, item, output_index: at } = event
  if (typeof type !== 'string') return errorPiece(event) ?? nothing
  if (type === 'error') return errorPiece('error' in event ? event : { error: event }) ?? nothing
  if (ends.has(type)) {
    const failed = type === 'response.failed' && isObject(event['response']) ? errorPiece(event['response']) : undefined
    return { ...failed, end: true }
  }
  if (type === 'response.output_text.delta' || type === 'response.refusal.delta') return pieceOf({ text: delta })
  if (/^response\.reasoning.*\.delta$/.test(type)) return pieceOf({ reasoning: delta })
  if (type === 'response.function_call_arguments.delta') return { toolCalls: [callPiece(at, 0, undefined, delta)] }
  if (type === 'response.output_item.added' && isObject(item) && item['type'] === 'function_call')
    return { toolCalls: [callPiece(at, 0, item['name'], undefined)] }
  return nothing
}

export const openAiResponses: Dialect = {
  id: 'openai-responses',
  api: bodies,
  conversation: 'input',
  isWhole: body =>
    (typeof body['model'] === 'string' || isObject(body['prompt'])) &&
    (typeof body['input'] === 'string' ||
      (isList(body['input']) &&
        body['input'].every(item => isMessageItem(item) || isItem(item) || isBareMessage(item)))),
  fields: wordSet(
    'model input instructions tools tool_choice parallel_tool_calls temperature top_p max_output_tokens max_tool_calls reasoning text',
    'stream stream_options store include previous_response_id conversation prompt truncation background metadata user service_tier',
    'top_logprobs prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier context_management moderation',
    'access_programs image',
  ),
  words: {
    temperature: 'temperature',
    topP: 'top_p',
    maxTokens: 'max_output_tokens',
    parallelTools: 'parallel_tool_calls',
    user: 'user',
    serviceTier: 'service_tier',
  },
  writeMessages,
  writeTool(written, { name, description, parameters, strict }) {
    if (
      written &&
      typeof written['type'] === 'string' &&
      !('function' in written) &&
      (written['type'] !== 'function' || 'parameters' in written)
    )
      return written
    return objectOf({ type: 'function', name, description, parameters, strict })
  },
  writeTools: (tools, { body }) => void (body['tools'] = tools),
  writeToolChoice(choice, { body }) {
    body['tool_choice'] = choice.type === 'tool' ? { type: 'function', name: choice.name } : choice.type
    return true
  },
  writeOutput({ schema, name, description, strict }, { body }) {
    const text = isObject(body['text']) ? body['text'] : {}
    const format =
      schema === undefined
        ? { type: 'json_object' }
        : objectOf({ type: 'json_schema', name: name ?? 'response', description, schema, strict })
    body['text'] = { ...text, format }
    return true
  },
  streamInBody: true,
  readPiece,
  path: () => '/v1/responses',
  required: [],
}

/** A message of the Responses API may say so itself. */
function isBareMessage(item: JsonValue): boolean {
  return isObject(item) && item['type'] === 'message' && typeof item['role'] === 'string'
}
