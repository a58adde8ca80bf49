// Anthropic Messages. https://docs.anthropic.com/en/api/messages. What it takes depends on its version, which is a header.

import { anthropicMessages as bodies } from '../../conventions/bodies/anthropic-messages.ts'
import { asWord, isList, isObject } from '../../conventions/values.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import type { Building, NeutralCall, Notes } from '../types.ts'
import {
  argumentsObject,
  cacheMark,
  isListed,
  placeOf,
  plainTexts,
  readMedia,
  resultOf,
  signatureOf,
  ownOrigin,
} from '../written.ts'
import { callPiece, errorPiece, nothing, pieceOf, type Piece } from '../pieces.ts'
import type { Dialect } from './dialect.ts'
import { noteConversation, objectOf, wordSet } from './shared.ts'

/** Blocks as this interface writes them: then they are sent as they were logged. Any hosted tool's, whatever it is called. */
function isBlock(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value)) return false
  switch (value['type']) {
    case 'text':
      return typeof value['text'] === 'string' && !('providerOptions' in value)
    case 'thinking':
      return typeof value['thinking'] === 'string' && typeof value['signature'] === 'string'
    case 'redacted_thinking':
      return typeof value['data'] === 'string'
    case 'image':
    case 'document':
      return isObject(value['source'])
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return typeof value['id'] === 'string' && isObject(value['input'])
    case 'tool_result':
      return typeof value['tool_use_id'] === 'string'
    case 'search_result':
    case 'container_upload':
      return true
    default:
      return /^[a-z_]+_tool_result$/.test(asWord(value['type']) ?? '') && typeof value['tool_use_id'] === 'string'
  }
}

function isMessage(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value) || !/^(?:user|assistant|system)$/.test(asWord(value['role']) ?? '')) return false
  const { content } = value
  if ('parts' in value || 'tool_calls' in value) return false
  return typeof content === 'string' || (isList(content) && content.every(isBlock))
}

/** Others send empty texts. */
function hasEmpty({ content }: JsonObject): boolean {
  return content === '' || (isList(content) && content.some(block => isObject(block) && block['text'] === ''))
}

interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: JsonValue
  /** Results that the next message may join. */
  readonly isResults: boolean
}

function writeMessages(call: NeutralCall, { body, notes }: Building): void {
  const turns: Turn[] = []
  const system: { readonly message: Message; readonly blocks: JsonObject[] }[] = []
  for (const [i, message] of call.messages.entries()) {
    const origin = ownOrigin(message, call, 'anthropic')
    const isOwn =
      call.recorder !== 'ai-sdk' && isMessage(origin) && (call.spokenIn === 'anthropic' || !hasEmpty(origin))
    if (!isInstruction(message) && isOwn) {
      turns.push({
        role: message.role === 'assistant' ? 'assistant' : 'user',
        content: origin['content']!,
        isResults: false,
      })
      continue
    }
    const field = placeOf('messages', i)
    const said = message.parts.filter(part => part.type !== 'text' || part.text !== '')
    const blocks = said.flatMap(part => writePart(part, call, notes, field))
    if (blocks.length === 0) notes.left(field, 'a message of which nothing is left: an empty one is not taken')
    else if (isInstruction(message)) system.push({ message, blocks })
    else putTurn(turns, { ...message, parts: said }, blocks, call)
  }
  const [first] = system
  const plain = first && system.length === 1 ? plainTexts(first.message) : undefined
  const hasMarks = system.some(({ blocks }) => blocks.some(block => 'cache_control' in block))
  if (first) {
    const isText = plain?.length === 1 && !hasMarks && !isListed(first.message, call)
    body['system'] = isText ? plain[0]! : system.flatMap(({ blocks }) => blocks)
    notes.add('rebuilt', 'system', 'the messages of role system')
  }
  body['messages'] = turns.map(({ role, content }) => ({ role, content }))
  const isAsLogged =
    call.recorder !== 'ai-sdk' &&
    call.messages.every(message => isInstruction(message) || isMessage(ownOrigin(message, call, 'anthropic')))
  noteConversation(notes, 'messages', isAsLogged)
}

function isInstruction({ role }: Message): boolean {
  return role === 'system' || role === 'developer'
}

function putTurn(turns: Turn[], message: Message, blocks: JsonObject[], call: NeutralCall): void {
  if (blocks.length === 0) return
  const role = message.role === 'assistant' || message.role === 'model' || message.role === 'ai' ? 'assistant' : 'user'
  const isResults = message.parts.every(part => part.type === 'tool_result')
  const last = turns.at(-1)
  // All results of one turn of calls stand in one message.
  if (isResults && last?.isResults && isList(last.content)) {
    turns[turns.length - 1] = { ...last, content: [...last.content, ...blocks] }
    return
  }
  const texts = plainTexts(message)
  const isText =
    texts?.length === 1 && call.recorder !== 'ai-sdk' && !isListed(message, call) && !('cache_control' in blocks[0]!)
  turns.push({ role, content: isText ? texts[0]! : blocks, isResults })
}

function writePart(part: Part, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  const origin = ownOrigin(part, call, 'anthropic')
  if (isBlock(origin) && call.recorder !== 'ai-sdk') return [origin]
  const mark = cacheMark(part, call)
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text, ...mark }]
    case 'reasoning':
      return writeThought(part, call, notes, field)
    case 'tool_call': {
      const input = argumentsObject(part, call)
      if (input === undefined) notes.lost(field, `the arguments of ${part.name}, which are no JSON object`)
      return [{ type: 'tool_use', id: idOf(part, notes, field), name: part.name, input: input ?? {}, ...mark }]
    }
    case 'tool_result': {
      const content = resultOf(part, call)
      const isOwn = typeof content === 'string' || (isList(content) && content.every(isBlock))
      const failed = part.error ? { is_error: true } : {}
      return [
        {
          type: 'tool_result',
          tool_use_id: idOf(part, notes, field),
          content: isOwn ? content : JSON.stringify(content),
          ...failed,
          ...mark,
        },
      ]
    }
    case 'media': {
      const source = sourceOf(part, call)
      const { kind, name } = readMedia(part, call)
      if (source && (kind === 'image' || kind === 'file'))
        return [
          objectOf({
            type: kind === 'image' ? 'image' : 'document',
            source,
            title: kind === 'file' ? name : undefined,
            ...mark,
          }),
        ]
      notes.lost(field, `${kind}, which this interface does not take`)
      return []
    }
    default:
      notes.lost(field, 'a part that this interface does not have')
      return []
  }
}

/** Letters, digits, `_` and `-`: all else of another provider's id (`functions.search:0`) is written by its number. */
function idOf({ id }: { readonly id?: string }, notes: Notes, field: string): string {
  if (id === undefined) notes.lost(field, 'the id that joins a tool call and its result')
  return (id ?? '').replace(/[^\w-]/g, character => `_${character.charCodeAt(0).toString(16)}`)
}

function writeThought(
  part: Extract<Part, { type: 'reasoning' }>,
  call: NeutralCall,
  notes: Notes,
  field: string,
): JsonObject[] {
  const signature = call.spokenIn === undefined || call.spokenIn === 'anthropic' ? signatureOf(part, call) : undefined
  if (signature === undefined) {
    notes.lost(field, 'reasoning, which is taken back with its signature only')
    return []
  }
  const origin = call.originOf(part)
  const isHidden =
    part.text === '' && (asWord(origin?.['data']) !== undefined || origin?.['type'] === 'redacted_thinking')
  return [
    isHidden ? { type: 'redacted_thinking', data: signature } : { type: 'thinking', thinking: part.text, signature },
  ]
}

function sourceOf(part: Extract<Part, { type: 'media' }>, call: NeutralCall): JsonObject | undefined {
  const { data, url, fileId, mimeType } = readMedia(part, call)
  if (data !== undefined) return { type: 'base64', media_type: mimeType ?? 'application/octet-stream', data }
  if (url !== undefined) return { type: 'url', url }
  return fileId === undefined ? undefined : { type: 'file', file_id: fileId }
}

function readPiece(event: JsonObject): Piece {
  const { type, index, delta, content_block: block } = event
  if (type === 'message_stop') return { end: true }
  if (type === 'content_block_start' && isObject(block)) {
    if (block['type'] === 'tool_use') return { toolCalls: [callPiece(index, 0, block['name'], undefined)] }
    return pieceOf({ text: block['text'], reasoning: block['thinking'] })
  }
  if (type === 'content_block_delta' && isObject(delta)) {
    if (delta['type'] === 'input_json_delta')
      return { toolCalls: [callPiece(index, 0, undefined, delta['partial_json'])] }
    return pieceOf({ text: delta['text'], reasoning: delta['thinking'] })
  }
  return errorPiece(event) ?? nothing
}

export const anthropic: Dialect = {
  id: 'anthropic',
  api: bodies,
  conversation: 'messages',
  isWhole: body =>
    typeof body['model'] === 'string' &&
    typeof body['max_tokens'] === 'number' &&
    isList(body['messages']) &&
    body['messages'].length > 0 &&
    body['messages'].every(isMessage),
  fields: wordSet(
    'model max_tokens messages system tools tool_choice temperature top_p top_k stop_sequences stream metadata thinking service_tier',
    'output_config output_format container context_management mcp_servers speed inference_geo cache_control anthropic_version anthropic_beta',
  ),
  words: {
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    maxTokens: 'max_tokens',
    stop: 'stop_sequences',
    serviceTier: 'service_tier',
  },
  writeMessages,
  writeTool(written, { name, description, parameters }) {
    // Tools that the provider runs have a dated type and no schema.
    if (written && ('input_schema' in written || /_\d{8}$/.test(asWord(written['type']) ?? ''))) return written
    return objectOf({
      name,
      description,
      input_schema: parameters ?? { type: 'object' },
      cache_control: written?.['cache_control'],
    })
  },
  writeTools: (tools, { body }) => void (body['tools'] = tools),
  writeToolChoice(choice, { body }) {
    body['tool_choice'] =
      choice.type === 'tool'
        ? { type: 'tool', name: choice.name }
        : { type: choice.type === 'required' ? 'any' : choice.type }
    return true
  },
  writeOutput({ schema }, { body }) {
    if (schema === undefined) return false
    const config = isObject(body['output_config']) ? body['output_config'] : {}
    body['output_config'] = { ...config, format: { type: 'json_schema', schema } }
    return true
  },
  streamInBody: true,
  readPiece,
  path: () => '/v1/messages',
  required: ['max_tokens'],
}
