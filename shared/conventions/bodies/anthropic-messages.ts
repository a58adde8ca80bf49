// Anthropic Messages, also as Bedrock and Vertex serve them. https://docs.anthropic.com/en/api/messages
// The input that is counted is only what follows the last cache breakpoint.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, RetrievedDocument } from '../../domain/message.ts'
import { messagesOf, readInstructions, readMessage } from '../messages.ts'
import { toolsOf } from '../tools.ts'
import type { CountingRule, WrittenUsage } from '../usage.ts'
import { asBoolean, isList, isObject, itemsOf, present } from '../values.ts'
import { assembleMessage, isMessageEvent } from './anthropic-messages-stream.ts'
import { hasMessages, isBody, listIn, objectIn, oneOf, wordIn, type Body } from './fields.ts'
import { parametersOf, termsIn, type ProviderApi, type RequestContent, type ResponseContent } from './provider-api.ts'

export const anthropicMessages: ProviderApi = {
  id: 'anthropic-messages',
  provider: 'anthropic',
  kind: 'generation',
  operation: 'chat',
  isRequest(body) {
    if (!hasMessages(body, 'messages')) return 'no'
    if ('anthropic_version' in body || 'stop_sequences' in body) return 'certain'
    const system = body['system']
    if (typeof system === 'string' || Array.isArray(system)) return 'certain'
    if ((wordIn(body, 'model') ?? '').includes('claude')) return 'likely'
    return (listIn(body, 'tools') ?? []).some(tool => isBody(tool) && 'input_schema' in tool) ? 'certain' : 'no'
  },
  isResponse: body =>
    body['type'] === 'message' &&
    body['role'] === 'assistant' &&
    ('stop_reason' in body || 'usage' in body) &&
    Array.isArray(body['content']),
  requestFacts: body => ({
    ...present({
      model: wordIn(body, 'model'),
      streamed: asBoolean(body['stream']),
      user: wordIn(objectIn(body, 'metadata'), 'user_id'),
    }),
  }),
  responseFacts: body => ({
    ...present({
      id: wordIn(body, 'id'),
      model: wordIn(body, 'model'),
      usage: anthropicUsage(objectIn(body, 'usage')),
      terms: termsIn(objectIn(body, 'usage')),
    }),
  }),
  readRequest: readAnthropicRequest,
  readResponse: readAnthropicResponse,
  countRequest: body => (listIn(body, 'messages')?.length ?? 0) + (body['system'] ? 1 : 0),
  countResponse: () => 1,
  isEvent: isMessageEvent,
  assemble: assembleMessage,
}

/** Cached tokens stand beside the input. */
export const exclusive: CountingRule = { inputHasCache: false, outputHasReasoning: true }

export function anthropicUsage(usage: Body | undefined): WrittenUsage | undefined {
  if (usage === undefined) return undefined
  const input = oneOf(usage, 'input_tokens')
  const output = oneOf(usage, 'output_tokens')
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    cacheRead: oneOf(usage, 'cache_read_input_tokens'),
    cacheWrite: oneOf(usage, 'cache_creation_input_tokens'),
    priced: {
      cacheWrite1h: oneOf(objectIn(usage, 'cache_creation'), 'ephemeral_1h_input_tokens'),
      webSearches: oneOf(objectIn(usage, 'server_tool_use'), 'web_search_requests'),
    },
    from: 'usage',
    producer: exclusive,
  }
}

const notParameters = new Set(['model', 'messages', 'system', 'tools', 'metadata'])

function readAnthropicRequest(body: JsonObject): RequestContent {
  const system = readInstructions(body['system'])
  const rest = isList(body['messages']) ? messagesOf(body['messages'], 'user') : undefined
  const { metadata } = body
  return {
    ...present({
      messages: system ? [system, ...(rest ?? [])] : rest,
      parameters: parametersOf(body, notParameters),
      tools: isList(body['tools']) ? toolsOf(body['tools']) : undefined,
      metadata: isObject(metadata) ? metadata : undefined,
    }),
  }
}

function readAnthropicResponse(body: JsonObject): ResponseContent {
  const reason = typeof body['stop_reason'] === 'string' ? body['stop_reason'] : undefined
  const message: Message = readMessage(
    { role: body['role'] ?? 'assistant', content: body['content'] ?? null },
    'assistant',
  )
  const documents = documentsOfContent(itemsOf(body['content']))
  return {
    messages: [reason === undefined ? message : { ...message, finishReason: reason }],
    ...present({
      finishReasons: reason === undefined ? undefined : [reason],
      documents: documents.length > 0 ? documents : undefined,
    }),
  }
}

/** What web search found. What it fetched is encrypted. */
function documentsOfContent(blocks: readonly JsonValue[]): RetrievedDocument[] {
  const found = blocks.flatMap(block =>
    isObject(block) && block['type'] === 'web_search_tool_result' && isList(block['content']) ? block['content'] : [],
  )
  return found.filter(isObject).map((result, i) => ({
    rank: i + 1,
    ...present({
      title: typeof result['title'] === 'string' ? result['title'] : undefined,
      uri: typeof result['url'] === 'string' ? result['url'] : undefined,
    }),
  }))
}
