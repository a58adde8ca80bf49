import { asWord, isList, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { DialectId, NeutralCall } from './types.ts'
import { parseToWrite } from './writable-json.ts'

// What a message or a part says beyond its meaning, out of what it was read from.

type Call = Extract<Part, { type: 'tool_call' }>
type Result = Extract<Part, { type: 'tool_result' }>
type Media = Extract<Part, { type: 'media' }>

/** The arguments of a tool call as the text that was logged; where they were logged as JSON, that printed. */
export function argumentsText(part: Call, { originOf }: NeutralCall): string {
  const written = argumentsIn(originOf(part))
  if (typeof written === 'string') return written
  const value = written ?? part.arguments
  if (value === undefined) return '{}'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The arguments as an object, for those who take no text. */
export function argumentsObject(part: Call, call: NeutralCall): JsonObject | undefined {
  const written = argumentsIn(call.originOf(part)) ?? part.arguments
  const value = typeof written === 'string' ? (written === '' ? {} : parseToWrite(written)) : (written ?? {})
  return isObject(value) ? value : undefined
}

function argumentsIn(origin: JsonObject | undefined): JsonValue | undefined {
  if (!origin) return undefined
  const inner = isObject(origin['function']) ? origin['function'] : callOfGemini(origin)
  for (const name of ['arguments', 'args', 'input', 'parameters']) {
    const value = inner[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

function callOfGemini(origin: JsonObject): JsonObject {
  const call = origin['functionCall'] ?? origin['function_call']
  return isObject(call) ? call : origin
}

/** What a tool answered, as it was logged: a text, or JSON. */
export function resultOf(part: Result, { originOf }: NeutralCall): JsonValue {
  const origin = originOf(part)
  const response = origin?.['functionResponse'] ?? origin?.['function_response']
  if (isObject(response)) return response['response'] ?? null
  for (const name of ['response', 'result', 'output', 'content']) {
    const value = origin?.[name]
    if (value === undefined || value === null) continue
    // AI SDK says what sort of result it is; a text in it is the text that was sent.
    if (isObject(value) && typeof value['type'] === 'string' && 'value' in value) return value['value']!
    return value
  }
  return part.result ?? null
}

/** The same as one text. */
export function resultText(part: Result, call: NeutralCall): string {
  const value = resultOf(part, call)
  if (typeof value === 'string') return value
  if (value === null) return ''
  const texts = isList(value) ? value.map(item => (isObject(item) ? asText(item) : undefined)) : []
  return texts.length > 0 && texts.every(text => text !== undefined) ? texts.join('\n') : JSON.stringify(value)
}

function asText(item: JsonObject): string | undefined {
  return /^(?:text|input_text|output_text)$/.test(asWord(item['type']) ?? '') && typeof item['text'] === 'string'
    ? item['text']
    : undefined
}

/** A media part with its bytes apart from their type, wherever both stood. */
export interface ReadMedia {
  readonly kind: 'image' | 'audio' | 'video' | 'file'
  readonly mimeType: string | undefined
  /** Base64. */
  readonly data: string | undefined
  /** An address that the provider would fetch. */
  readonly url: string | undefined
  readonly fileId: string | undefined
  readonly name: string | undefined
  readonly detail: string | undefined
}

const dataUri = /^data:([^;,]*)(?:;[^,]*)?,/

export function readMedia(part: Media, { originOf }: NeutralCall): ReadMedia {
  const head = part.uri === undefined ? null : dataUri.exec(part.uri.slice(0, 400))
  const mimeType = part.mimeType ?? (head ? head[1] : part.modality === 'image' ? imageType(part.data) : undefined)
  const kind = /^(?:image|audio|video)$/.exec(part.modality ?? mimeType?.split('/')[0] ?? '')?.[0]
  const origin = originOf(part)
  const inner = isObject(origin?.['image_url']) ? origin['image_url'] : origin
  return {
    kind: (kind as ReadMedia['kind'] | undefined) ?? 'file',
    mimeType,
    data: part.data ?? (head ? part.uri!.slice(head[0].length) : undefined),
    url: head ? undefined : part.uri,
    fileId: part.fileId,
    name: part.name,
    detail: asWord(inner?.['detail'] ?? undefined),
  }
}

/** By its first bytes, where nobody says: Ollama takes images without their type. */
function imageType(base64: string | undefined): string | undefined {
  const types = { iVBORw0KGgo: 'image/png', '/9j/': 'image/jpeg', R0lGOD: 'image/gif', UklGR: 'image/webp' }
  return Object.entries(types).find(([start]) => base64?.startsWith(start))?.[1]
}

/** Bytes as an address, as some take them. */
export function addressOf({ data, url, mimeType }: ReadMedia): string | undefined {
  return data === undefined ? url : `data:${mimeType ?? 'application/octet-stream'};base64,${data}`
}

/** The texts of a message that has nothing else. */
export function plainTexts({ parts }: Message): readonly string[] | undefined {
  const texts = parts.flatMap(part => (part.type === 'text' ? [part.text] : []))
  return texts.length === parts.length ? texts : undefined
}

/** An empty text beside other parts, as some write where nothing was said: others refuse one. */
export function isEmptyText(part: Part, { parts }: Message): boolean {
  return part.type === 'text' && part.text === '' && parts.length > 1
}

/** Whether its content was logged as a list rather than as a text. AI SDK lists everything, and sends one text as a text. */
export function isListed(message: Message, call: NeutralCall): boolean {
  if (message.parts.length > 1) return true
  const origin = call.originOf(message)
  if (call.recorder === 'ai-sdk' || !origin) return false
  return isList(origin['content']) || isList(origin['contents'])
}

/** A mark that what stands up to here may be cached. */
export function cacheMark(part: Part, { originOf }: NeutralCall): { readonly cache_control?: JsonValue } {
  const origin = originOf(part)
  const mark = origin?.['cache_control'] ?? anthropicOptions(origin)?.['cacheControl']
  return mark === undefined || mark === null ? {} : { cache_control: mark }
}

/** What AI SDK was told for this provider alone. */
function anthropicOptions(origin: JsonObject | undefined): JsonObject | undefined {
  const all = origin?.['providerOptions'] ?? origin?.['providerMetadata'] ?? origin?.['experimental_providerMetadata']
  const own = isObject(all) ? all['anthropic'] : undefined
  return isObject(own) ? own : undefined
}

/** What proves to a provider that a thought is its own, wherever it was logged. */
export function signatureOf(part: Part, { originOf }: NeutralCall): string | undefined {
  const origin = originOf(part)
  if (part.type === 'reasoning' && part.signature !== undefined) return part.signature
  return (
    asWord(origin?.['signature']) ??
    asWord(anthropicOptions(origin)?.['signature']) ??
    asWord(origin?.['reasoning_signature']) ??
    asWord(origin?.['thoughtSignature']) ??
    asWord(origin?.['thought_signature'])
  )
}

/** `messages[2]`. */
export function placeOf(name: string, index: number): string {
  return `${name}[${index}]`
}

/** What something was read from, where it may be in the words of this dialect: a body of another one only looks like it. */
export function ownOrigin(read: object, { originOf, spokenIn }: NeutralCall, id: DialectId): JsonObject | undefined {
  return spokenIn === undefined || spokenIn === id ? originOf(read) : undefined
}
