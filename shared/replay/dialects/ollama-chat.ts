// Ollama's own chat. https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
// Calls have no ids: a result belongs to the tool of its name. Left out: /api/generate.

import { ollama as bodies } from '../../conventions/bodies/ollama.ts'
import { asWord, isList, isObject, itemsOf } from '../../conventions/values.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message } from '../../domain/message.ts'
import type { Building, NeutralCall, Notes } from '../types.ts'
import { argumentsObject, placeOf, readMedia, resultText, ownOrigin } from '../written.ts'
import { callPiece, errorPiece, pieceOf, type Piece } from '../pieces.ts'
import type { Dialect } from './dialect.ts'
import { noteConversation, objectOf, wordSet } from './shared.ts'

const roles = wordSet('system user assistant tool')

function isOllamaMessage(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value) || !roles.has(asWord(value['role']) ?? '')) return false
  if ('parts' in value || 'tool_call_id' in value || typeof (value['content'] ?? '') !== 'string') return false
  const { tool_calls: calls } = value
  return calls === undefined || (isList(calls) && calls.every(isCall))
}

function isCall(call: JsonValue): boolean {
  return isObject(call) && isObject(call['function']) && isObject(call['function']['arguments'])
}

function writeMessages(call: NeutralCall, { body, notes }: Building): void {
  const messages: JsonValue[] = []
  let asLogged = 0
  const names = new Map<string, string>()
  for (const { parts } of call.messages)
    for (const part of parts) if (part.type === 'tool_call' && part.id !== undefined) names.set(part.id, part.name)
  for (const [i, message] of call.messages.entries()) {
    const origin = ownOrigin(message, call, 'ollama-chat')
    if (call.recorder !== 'ai-sdk' && isOllamaMessage(origin)) {
      messages.push(origin)
      asLogged++
    } else messages.push(...writeMessage(message, call, names, notes, placeOf('messages', i)))
  }
  body['messages'] = messages
  noteConversation(notes, 'messages', asLogged === call.messages.length)
}

function writeMessage(
  message: Message,
  call: NeutralCall,
  names: ReadonlyMap<string, string>,
  notes: Notes,
  field: string,
): JsonObject[] {
  const written: JsonObject[] = []
  const texts: string[] = []
  const images: string[] = []
  const calls: JsonObject[] = []
  let thinking: string | undefined
  for (const part of message.parts) {
    if (part.type === 'text' || part.type === 'refusal') texts.push(part.text)
    else if (part.type === 'reasoning') {
      if (part.text === '') notes.lost(field, 'reasoning that is there in cipher only')
      else thinking = thinking === undefined ? part.text : `${thinking}\n${part.text}`
    } else if (part.type === 'tool_result') {
      const name = part.name ?? (part.id === undefined ? undefined : names.get(part.id))
      written.push(objectOf({ role: 'tool', content: resultText(part, call), tool_name: name }))
    } else if (part.type === 'tool_call') {
      const given = argumentsObject(part, call)
      if (given === undefined) notes.lost(field, `the arguments of ${part.name}, which are no JSON object`)
      calls.push({ function: { name: part.name, arguments: given ?? {} } })
    } else if (part.type === 'media') {
      const media = readMedia(part, call)
      if (media.kind === 'image' && media.data !== undefined) images.push(media.data)
      else notes.lost(field, `${media.kind}, which this interface does not take`)
    } else notes.lost(field, 'a part that this interface does not have')
  }
  const says = texts.length + images.length + calls.length > 0 || thinking !== undefined
  if (!says && written.length > 0) return written
  const role = message.role === 'developer' ? 'system' : message.role === 'model' ? 'assistant' : message.role
  const own = objectOf({
    role: roles.has(role) ? role : 'user',
    content: texts.join('\n'),
    thinking,
    images: images.length > 0 ? images : undefined,
    tool_calls: calls.length > 0 ? calls : undefined,
  })
  return role === 'assistant' ? [own, ...written] : [...written, own]
}

function readPiece(event: JsonObject): Piece {
  const { message, done } = event
  const failed = errorPiece(event)
  if (failed) return failed
  if (!isObject(message)) return pieceOf({ end: done === true })
  const toolCalls = itemsOf(message['tool_calls']).flatMap((call, i) => {
    const called = isObject(call) ? call['function'] : undefined
    return isObject(called) ? [callPiece(called['index'], i, called['name'], called['arguments'])] : []
  })
  return pieceOf({ text: message['content'], reasoning: message['thinking'], toolCalls, end: done === true })
}

export const ollamaChat: Dialect = {
  id: 'ollama-chat',
  api: bodies,
  conversation: 'messages',
  isWhole: body =>
    typeof body['model'] === 'string' &&
    isList(body['messages']) &&
    body['messages'].length > 0 &&
    body['messages'].every(isOllamaMessage),
  fields: wordSet('model messages tools format options stream keep_alive think logprobs top_logprobs'),
  group: {
    name: 'options',
    fields: wordSet(
      'temperature top_p top_k min_p seed num_predict num_ctx num_keep stop repeat_penalty repeat_last_n frequency_penalty',
      'presence_penalty penalize_newline typical_p tfs_z mirostat mirostat_tau mirostat_eta num_batch num_gpu main_gpu use_mmap num_thread',
    ),
  },
  words: {
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    maxTokens: 'num_predict',
    stop: 'stop',
    seed: 'seed',
    frequencyPenalty: 'frequency_penalty',
    presencePenalty: 'presence_penalty',
  },
  writeMessages,
  writeTool: (written, { name, description, parameters }) =>
    written && isObject(written['function'])
      ? written
      : { type: 'function', function: objectOf({ name, description, parameters }) },
  writeTools: (tools, { body }) => void (body['tools'] = tools),
  writeToolChoice: choice => choice.type === 'auto',
  writeOutput({ schema }, { body }) {
    body['format'] = schema ?? 'json'
    return true
  },
  streamInBody: true,
  readPiece,
  path: () => '/api/chat',
  required: [],
}
