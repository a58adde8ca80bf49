// OpenAI Responses. https://platform.openai.com/docs/api-reference/responses
// Hosted tools answer within the response: each of their items is a tool call, and its result where the item has one.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part, RetrievedDocument } from '../../domain/message.ts'
import { readMessage } from '../messages.ts'
import { readFrom } from '../origins.ts'
import { structured } from '../parts.ts'
import { readTool, toolsOf } from '../tools.ts'
import { asBoolean, asNumber, asWord, isList, isObject, itemsOf, present } from '../values.ts'
import { firstIn, labelOf, listIn, objectIn, oneOf, wordIn, type Body } from './fields.ts'
import { chatUsage } from './openai-chat.ts'
import { assembleResponse, isResponseEvent } from './openai-responses-stream.ts'
import { parametersOf, termsIn, type ProviderApi, type RequestContent, type ResponseContent } from './provider-api.ts'

export const openAiResponses: ProviderApi = {
  id: 'openai-responses',
  provider: 'openai',
  kind: 'generation',
  operation: 'chat',
  isRequest(body) {
    if (wordIn(body, 'model') === undefined) return 'no'
    if ('previous_response_id' in body || ('instructions' in body && 'input' in body)) return 'certain'
    const input = body['input']
    if (input === undefined || 'encoding_format' in body || 'dimensions' in body) return 'no'
    const first = firstIn(body, 'input')
    const isItem = first !== undefined && ('role' in first || 'type' in first)
    return isItem || (typeof input === 'string' && !/embed/i.test(wordIn(body, 'model') ?? '')) ? 'likely' : 'no'
  },
  isResponse: body =>
    body['object'] === 'response' ||
    (listIn(body, 'output') !== undefined && (wordIn(body, 'id') ?? '').startsWith('resp_')),
  requestFacts: body => ({
    ...present({
      model: wordIn(body, 'model'),
      streamed: asBoolean(body['stream']),
      user: labelOf(oneOf(body, 'user', 'safety_identifier')),
      promptName: wordIn(objectIn(body, 'prompt'), 'id'),
      promptVersion: labelOf(oneOf(objectIn(body, 'prompt'), 'version')),
    }),
  }),
  responseFacts(body) {
    const status = wordIn(body, 'status')
    const error = objectIn(body, 'error')
    return {
      ...present({
        id: wordIn(body, 'id'),
        model: wordIn(body, 'model'),
        usage: chatUsage(objectIn(body, 'usage')),
        terms: termsIn(body),
        created: body['created_at'] ?? undefined,
        unfinished: status === 'in_progress' || status === 'queued' ? true : undefined,
        failed:
          status === 'failed' || status === 'cancelled' || error !== undefined
            ? { ...present({ type: wordIn(error, 'code') ?? status, message: error?.['message'] }) }
            : undefined,
      }),
    }
  },
  readRequest: readOpenAiResponsesRequest,
  readResponse: readOpenAiResponsesResponse,
  countRequest: body => (listIn(body, 'input')?.length ?? 1) + (body['instructions'] ? 1 : 0),
  countResponse: body => (listIn(body, 'output')?.some(item => item !== null) ? 1 : 0),
  isEvent: isResponseEvent,
  assemble: assembleResponse,
}

const notParameters = new Set(['model', 'input', 'instructions', 'tools', 'metadata', 'user', 'prompt'])

function readOpenAiResponsesRequest(body: JsonObject): RequestContent {
  const { input, instructions, metadata, prompt } = body
  const system = instructionsOf(instructions)
  const rest: Message[] | undefined = isList(input)
    ? readItems(input)
    : typeof input === 'string'
      ? [{ role: 'user', parts: [{ type: 'text', text: input }] }]
      : undefined
  return {
    ...present({
      messages: system ? [...system, ...(rest ?? [])] : rest,
      parameters: parametersOf(body, notParameters),
      tools: isList(body['tools']) ? toolsOf(body['tools']) : undefined,
      metadata: isObject(metadata) ? metadata : undefined,
      prompt: isObject(prompt)
        ? present({
            name: labelOf(prompt['id']),
            version: labelOf(prompt['version']),
            variables: prompt['variables'] ?? undefined,
          })
        : undefined,
    }),
  }
}

/** A developer message; older answers repeat it as items. */
function instructionsOf(value: JsonValue | undefined): Message[] | undefined {
  if (typeof value === 'string')
    return value === '' ? undefined : [{ role: 'system', parts: [{ type: 'text', text: value }] }]
  return isList(value) ? readItems(value) : undefined
}

function readOpenAiResponsesResponse(body: JsonObject): ResponseContent {
  const output = itemsOf(body['output'])
  const messages = readItems(output)
  const details = body['incomplete_details']
  const reason = isObject(details) ? details['reason'] : undefined
  const finish =
    typeof reason === 'string'
      ? reason
      : typeof body['status'] === 'string' && !body['status'].startsWith('in_progress')
        ? body['status']
        : undefined
  const documents = documentsOfItems(output)
  const listed = output.flatMap(item =>
    isObject(item) && item['type'] === 'mcp_list_tools' && isList(item['tools']) ? item['tools'].flatMap(readTool) : [],
  )
  return {
    ...present({
      messages: messages.length > 0 ? messages : undefined,
      finishReasons: finish === undefined ? undefined : [finish],
      documents: documents.length > 0 ? documents : undefined,
      tools: listed.length > 0 ? listed : undefined,
    }),
  }
}

/** Items of one side, in order: neighbours of one role that are no messages themselves are one message. */
export function readItems(items: readonly JsonValue[]): Message[] {
  const messages: Message[] = []
  let open: { role: string; parts: Part[] } | undefined
  const put = (role: string, parts: readonly Part[]) => {
    if (open?.role !== role) messages.push((open = { role, parts: [] }))
    open.parts.push(...parts)
  }
  for (const item of items) {
    if (!isObject(item)) continue
    const type = typeof item['type'] === 'string' ? item['type'] : 'message'
    if (type === 'message' || typeof item['role'] === 'string') {
      const message = readMessage(item, 'assistant')
      const { role, parts, ...rest } = message
      // Reasoning and calls come as items of their own around the text that they belong to.
      if (role === 'assistant' && Object.keys(rest).length === 0) put(role, parts)
      else {
        messages.push(message)
        open = undefined
      }
    } else if (type.endsWith('_output')) put('tool', [resultOf(item, item['output'])])
    else put('assistant', partsOfItem(type, item))
  }
  return messages
}

function partsOfItem(type: string, item: JsonObject): Part[] {
  if (type === 'reasoning') return [reasoningOf(item)]
  if (type === 'function_call' || type === 'custom_tool_call') {
    return [callOf(item, asWord(item['name']) ?? '', structured(item['arguments'] ?? item['input']))]
  }
  if (type === 'mcp_call') {
    const call = callOf(item, asWord(item['name']) ?? '', structured(item['arguments']))
    const outcome = item['error'] ?? item['output']
    return outcome === undefined || outcome === null ? [call] : [call, resultOf(item, outcome)]
  }
  if (!type.endsWith('_call')) return [{ type: 'other', value: item }]
  const name = type.slice(0, -'_call'.length)
  const given = item['action'] ?? item['queries'] ?? item['code'] ?? item['operation']
  const call = callOf(item, name, name === 'file_search' ? { queries: item['queries'] ?? null } : given)
  const found = item['results'] ?? item['outputs']
  if (found !== undefined && found !== null) return [call, resultOf(item, found)]
  // A picture comes as its bytes in base64.
  if (name === 'image_generation' && typeof item['result'] === 'string') {
    return [call, { type: 'media', modality: 'image', data: item['result'] }]
  }
  return [call]
}

function reasoningOf(item: JsonObject): Part {
  const texts = [item['summary'], item['content']].flatMap(list =>
    isList(list)
      ? list.flatMap(part => (isObject(part) && typeof part['text'] === 'string' ? [part['text']] : []))
      : [],
  )
  const signature = item['encrypted_content']
  const part: Part = {
    type: 'reasoning',
    text: texts.join('\n\n'),
    ...(typeof signature === 'string' && signature !== '' ? { signature } : {}),
  }
  return readFrom(part, item)
}

function callOf(item: JsonObject, name: string, given: JsonValue | undefined): Part {
  const part: Part = {
    type: 'tool_call',
    name,
    ...present({ id: idOf(item), arguments: given ?? undefined, status: asWord(item['status']) }),
  }
  return readFrom(part, item)
}

function resultOf(item: JsonObject, written: JsonValue | undefined): Part {
  const error = item['error'] !== undefined && item['error'] !== null ? true : undefined
  return readFrom({ type: 'tool_result', ...present({ id: idOf(item), result: structured(written), error }) }, item)
}

/** A call and its result meet under `call_id`; hosted tools have only an id. */
function idOf(item: JsonObject): string | undefined {
  return asWord(item['call_id']) ?? asWord(item['id'])
}

/** What file search found, and what the answer cites. */
function documentsOfItems(output: readonly JsonValue[]): RetrievedDocument[] {
  const documents: RetrievedDocument[] = []
  const seen = new Set<string>()
  const put = (fields: Omit<RetrievedDocument, 'rank'>, key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    documents.push({ ...fields, rank: documents.length + 1 })
  }
  for (const item of output) {
    if (!isObject(item)) continue
    for (const result of itemsOf(item['results'])) {
      if (!isObject(result)) continue
      const id = asWord(result['file_id'])
      const content = asWord(result['text'])
      const attributes = result['attributes']
      const metadata = isObject(attributes) && Object.keys(attributes).length > 0 ? attributes : undefined
      const title = asWord(result['filename'])
      put(present({ id, title, score: asNumber(result['score']), content, metadata }) ?? {}, `${id} ${content}`)
    }
    for (const part of itemsOf(item['content'])) {
      for (const cited of isObject(part) && isList(part['annotations']) ? part['annotations'] : []) {
        const uri = isObject(cited) ? asWord(cited['url']) : undefined
        if (isObject(cited) && uri !== undefined) put({ ...present({ uri, title: asWord(cited['title']) }) }, uri)
      }
    }
  }
  return documents
}

/** The response that this request goes on from: turns of one session. */
export function previousResponse(body: Body): string | undefined {
  return wordIn(body, 'previous_response_id')
}
