// Ollama's own interface, chat and generate. https://github.com/ollama/ollama/blob/main/docs/api.md
// Lengths of time are in nanoseconds.

import type { JsonObject } from '../../domain/json.ts'
import type { AttributeValue } from '../../domain/raw-span.ts'
import type { Message, Part } from '../../domain/message.ts'
import { readMessage } from '../messages.ts'
import { readFrom } from '../origins.ts'
import { toolsOf } from '../tools.ts'
import { asBoolean, asNumber, emptyObject, isList, isObject, itemsOf, present } from '../values.ts'
import { hasMessages, listIn, objectIn, oneOf, wordIn, type Body } from './fields.ts'
import { append, nullFree, TextPieces } from './pieces.ts'
import {
  inclusive,
  parametersOf,
  type Assembled,
  type ProviderApi,
  type RequestContent,
  type ResponseContent,
} from './provider-api.ts'

export const ollama: ProviderApi = {
  id: 'ollama',
  provider: 'ollama',
  kind: 'generation',
  operation: 'chat',
  isRequest(body) {
    const own = 'keep_alive' in body || (objectIn(body, 'options') !== undefined && 'model' in body)
    if (hasMessages(body, 'messages')) return own ? 'certain' : 'no'
    return own && typeof body['prompt'] === 'string' ? 'certain' : 'no'
  },
  isResponse: body => typeof body['done'] === 'boolean' && 'model' in body && ('message' in body || 'response' in body),
  requestFacts: body => ({ ...present({ model: wordIn(body, 'model'), streamed: asBoolean(body['stream']) }) }),
  responseFacts(body) {
    const input = oneOf(body, 'prompt_eval_count')
    const output = oneOf(body, 'eval_count')
    const length = asNumber(body['total_duration'])
    return {
      ...present({
        model: wordIn(body, 'model'),
        ended: oneOf(body, 'created_at'),
        usage:
          input === undefined && output === undefined
            ? undefined
            : { input, output, from: 'prompt_eval_count', producer: inclusive },
        duration: length === undefined || !Number.isSafeInteger(length) ? undefined : BigInt(length),
        unfinished: body['done'] === false ? true : undefined,
      }),
    }
  },
  readRequest: readOllamaRequest,
  readResponse: readOllamaResponse,
  countRequest: body => listIn(body, 'messages')?.length ?? 1 + (body['system'] ? 1 : 0),
  countResponse: () => 1,
  isEvent: body => typeof body['done'] === 'boolean' && 'model' in body && ('message' in body || 'response' in body),
  assemble: assembleOllama,
}

const notParameters = new Set(['model', 'messages', 'prompt', 'system', 'images', 'tools', 'options'])

function readOllamaRequest(body: JsonObject): RequestContent {
  const { messages: list, prompt, system, options, tools } = body
  const messages: Message[] = itemsOf(list).filter(isObject).map(readOllamaMessage)
  if (typeof system === 'string' && system !== '')
    messages.push({ role: 'system', parts: [{ type: 'text', text: system }] })
  if (typeof prompt === 'string') {
    messages.push({ role: 'user', parts: [{ type: 'text', text: prompt }, ...imagesOf(body)] })
  }
  const parameters = Object.assign(
    emptyObject(),
    parametersOf(body, notParameters),
    isObject(options) ? options : undefined,
  )
  return {
    ...present({
      messages: messages.length > 0 ? messages : undefined,
      parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
      tools: isList(tools) ? toolsOf(tools) : undefined,
    }),
  }
}

function readOllamaResponse(body: JsonObject): ResponseContent {
  const reason = typeof body['done_reason'] === 'string' ? body['done_reason'] : undefined
  const { message, response, thinking } = body
  const said: Message | undefined = isObject(message)
    ? readOllamaMessage(message)
    : typeof response === 'string'
      ? {
          role: 'assistant',
          parts: [
            ...(typeof thinking === 'string' && thinking !== ''
              ? [{ type: 'reasoning', text: thinking } as const]
              : []),
            { type: 'text', text: response },
          ],
        }
      : undefined
  return {
    ...present({
      messages: said && [reason === undefined ? said : { ...said, finishReason: reason }],
      finishReasons: reason === undefined ? undefined : [reason],
    }),
  }
}

function readOllamaMessage(body: JsonObject): Message {
  const message = readMessage(body, 'assistant')
  const images = imagesOf(body)
  return images.length > 0 ? readFrom({ ...message, parts: [...message.parts, ...images] }, body) : message
}

function imagesOf(body: JsonObject): Part[] {
  const { images } = body
  if (!isList(images)) return []
  return images.flatMap(data => (typeof data === 'string' ? [{ type: 'media', modality: 'image', data } as const] : []))
}

/** Pieces hold the next words; the last has the counts. */
function assembleOllama(events: readonly Body[]): Assembled {
  const body = nullFree()
  const outer = new Map<string, TextPieces>()
  const message: Record<string, AttributeValue> = nullFree()
  const inner = new Map<string, TextPieces>()
  for (const event of events) {
    for (const name of Object.keys(event)) {
      if (name === 'response' || name === 'thinking') append(outer, body, name, event[name]!)
      else if (name !== 'message') body[name] = event[name]!
    }
    const piece = objectIn(event, 'message')
    for (const name of Object.keys(piece ?? {})) {
      if (name === 'role') message[name] = piece![name]!
      else append(inner, message, name, piece![name]!)
    }
  }
  for (const [name, text] of outer) body[name] = text.value
  for (const [name, text] of inner) message[name] = text.value
  if (Object.keys(message).length > 0) body['message'] = message
  return { body, finished: body['done'] === true }
}
