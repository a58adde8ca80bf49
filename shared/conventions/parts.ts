import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Part } from '../domain/message.ts'
import { base64OfBytes } from './byte-lists.ts'
import { parseJson } from './json-text.ts'
import { readFrom } from './origins.ts'
import { asWord, isList, isObject, present } from './values.ts'

// Message parts in the spellings met: OTel GenAI, OpenAI chat and Responses, Anthropic, Gemini, AI SDK, OpenInference.

/** Whatever stands where a message's content stands: a text, a part, or a list of either. */
export function readParts(content: JsonValue | undefined): Part[] {
  if (content === undefined || content === null) return []
  if (isList(content)) return content.flatMap(readParts)
  if (isObject(content)) return [readPart(content)]
  return [{ type: 'text', text: String(content) }]
}

export function readPart(part: JsonObject): Part {
  const type = typeof part['type'] === 'string' ? part['type'] : ''
  return readFrom((readers.get(type) ?? readerOfHosted(type))(part) ?? { type: 'other', value: part }, part)
}

type PartReader = (part: JsonObject) => Part | undefined

const readText: PartReader = part => {
  const text = part['content'] ?? part['text']
  if (typeof text === 'string') return { type: 'text', text }
  const value = isObject(text) ? text['value'] : undefined
  return typeof value === 'string' ? { type: 'text', text: value } : undefined
}

const readReasoning: PartReader = part => {
  const found = first(part, ['content', 'text', 'thinking', 'reasoning', 'summary'])
  const text = isList(found) ? found.map(textOf).join('\n') : textOf(found)
  // What the provider withheld is there in its cipher alone.
  const signature =
    asWord(part['signature']) ?? (part['type'] === 'redacted_thinking' ? asWord(part['data']) : undefined)
  return text === '' && signature === undefined && found === undefined
    ? undefined
    : { type: 'reasoning', text, ...(signature === undefined ? {} : { signature }) }
}

/** `{id, name, arguments}` under every dialect's names; OpenAI nests them in `function`, or in `custom`. */
export const readToolCall: PartReader = part => {
  const nested = part['type'] === 'custom' ? part['custom'] : part['function']
  const inner = isObject(nested) ? nested : part
  const name = label(first(inner, ['name', 'toolName', 'tool_name']))
  const id = label(first(part, ['call_id', 'id', 'toolCallId', 'tool_call_id', 'ref']))
  const written = first(inner, ['arguments', 'args', 'input', 'parameters', 'server_tool_call'])
  if (name === undefined && written === undefined && id === undefined) return undefined
  return readFrom({ type: 'tool_call', name: name ?? '', ...present({ id, arguments: structured(written) }) }, part)
}

export const readToolResult: PartReader = part => {
  const id = label(first(part, ['id', 'tool_call_id', 'toolCallId', 'tool_use_id', 'call_id', 'ref']))
  const name = label(first(part, ['name', 'toolName', 'tool_name']))
  const failed = part['type'] === 'tool-error' ? part['error'] : undefined
  const written = failed ?? first(part, ['response', 'result', 'output', 'content', 'server_tool_call_response'])
  let result = structured(written)
  let error = failed !== undefined || part['is_error'] === true || part['isError'] === true ? true : undefined
  // AI SDK 5 and later wrap the result: {type: json | text | error-text, value}.
  if (isObject(result) && typeof result['type'] === 'string' && 'value' in result) {
    if (result['type'].startsWith('error')) error = true
    result = result['value']
  } else if (isObject(result) && result['type'] === 'execution-denied') error = true
  return readFrom({ type: 'tool_result', ...present({ id, name, result, error }) }, part)
}

const readMedia: PartReader = part => {
  const type = typeof part['type'] === 'string' ? part['type'] : ''
  const source = isObject(part['source']) ? part['source'] : undefined
  const nested = first(part, [
    'image_url',
    'image',
    'input_audio',
    'file',
    'audio',
    'inline_data',
    'inlineData',
    'file_data',
    'fileData',
  ])
  // AI SDK 7 says what sort of data it is: {type: data | url, …}.
  const wrapped = isObject(part['data']) && typeof part['data']['type'] === 'string' ? part['data'] : undefined
  const inner = isObject(nested) ? nested : (source ?? wrapped ?? part)
  const carried = asWord(first(inner, ['data', 'file_data', 'content', 'blob']))
  const written =
    typeof nested === 'string' ? nested : (carried ?? base64OfBytes(nested) ?? base64OfBytes(part['data']))
  const address = asWord(first(inner, ['uri', 'url', 'file_uri', 'fileUri'])) ?? (isUri(written) ? written : undefined)
  const bytes = isUri(written) ? undefined : written
  const mimeType =
    asWord(first(part, ['mime_type', 'mimeType', 'mediaType', 'media_type'])) ??
    asWord(first(inner, ['mime_type', 'mimeType', 'media_type', 'mediaType', 'format'])) ??
    mimeOfDataUri(address)
  const modality = asWord(part['modality']) ?? modalityOf(type, mimeType)
  const fields = present({
    name:
      asWord(first(inner, ['filename', 'file_name', 'fileName'])) ??
      asWord(first(part, ['filename', 'file_name', ...(type === 'document' ? ['title'] : [])])),
    mimeType:
      modality !== undefined && mimeType !== undefined && !mimeType.includes('/')
        ? `${modality}/${mimeType}`
        : mimeType,
    modality,
    uri: address,
    fileId: asWord(first(inner, ['file_id', 'fileId'])) ?? asWord(part['file_id']),
    data: bytes,
  })
  return address === undefined && bytes === undefined && fields?.fileId === undefined
    ? undefined
    : { type: 'media', ...fields }
}

const readRefusal: PartReader = part => {
  const text = asWord(first(part, ['refusal', 'content', 'text']))
  return text === undefined ? undefined : { type: 'refusal', text }
}

/** Parts without a type: Gemini's are told by their key, OpenAI's tool calls by `function`. */
const readUntyped: PartReader = part => {
  if (typeof part['type'] === 'string' && part['type'] !== '') return undefined
  if (typeof part['text'] === 'string') return part['thought'] === true ? readReasoning(part) : readText(part)
  const call = first(part, ['functionCall', 'function_call', 'toolRequest'])
  if (isObject(call)) return readToolCall(call)
  const result = first(part, ['functionResponse', 'function_response', 'toolResponse'])
  if (isObject(result)) return readToolResult(result)
  if (isObject(part['function'])) return readToolCall(part)
  // AI SDK, where only the calls of an answer were kept.
  if (typeof part['toolName'] === 'string')
    return 'output' in part || 'result' in part ? readToolResult(part) : readToolCall(part)
  if (first(part, ['inlineData', 'inline_data', 'fileData', 'file_data']) !== undefined) return readMedia(part)
  return typeof part['content'] === 'string' && Object.keys(part).length === 1 ? readText(part) : undefined
}

const readers = new Map<string, PartReader>()
for (const [types, reader] of [
  [['text', 'input_text', 'output_text'], readText],
  [['reasoning', 'thinking', 'redacted_thinking', 'redacted-reasoning'], readReasoning],
  [
    ['tool_call', 'tool-call', 'tool_use', 'function_call', 'function', 'server_tool_call', 'server_tool_use'],
    readToolCall,
  ],
  [
    [
      'tool_call_response',
      'tool-result',
      'tool-error',
      'tool_result',
      'function_call_output',
      'server_tool_call_response',
    ],
    readToolResult,
  ],
  [
    [
      'blob',
      'file',
      'uri',
      'image',
      'image_url',
      'input_image',
      'input_audio',
      'input_file',
      'audio',
      'video',
      'document',
      'media',
      'reasoning-file',
    ],
    readMedia,
  ],
  [['refusal'], readRefusal],
] as const) {
  for (const type of types) readers.set(type, reader)
}

/** Tools that a provider runs itself have types of their own: `web_search_tool_result`, `mcp_tool_use` … */
function readerOfHosted(type: string): PartReader {
  if (type.endsWith('_tool_result')) return readToolResult
  return type.endsWith('_tool_use') ? readToolCall : readUntyped
}

/** Arguments and results may be JSON in text: read as the structure they spell, else kept as text. */
export function structured(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' ? (parseJson(value) ?? value) : value
}

export function first(object: JsonObject, names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const value = object[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  return isObject(value) && typeof value['text'] === 'string' ? value['text'] : ''
}

function label(value: JsonValue | undefined): string | undefined {
  return typeof value === 'number' ? String(value) : asWord(value)
}

function isUri(text: string | undefined): boolean {
  return text !== undefined && /^[a-z][a-z0-9+.-]{1,20}:/i.test(text.slice(0, 24))
}

function mimeOfDataUri(uri: string | undefined): string | undefined {
  return uri === undefined ? undefined : /^data:([\w.+-]+\/[\w.+-]+)/i.exec(uri.slice(0, 200))?.[1]
}

function modalityOf(type: string, mimeType: string | undefined): string | undefined {
  for (const modality of ['image', 'audio', 'video'])
    if (type.includes(modality) || mimeType?.startsWith(`${modality}/`)) return modality
  return undefined
}
