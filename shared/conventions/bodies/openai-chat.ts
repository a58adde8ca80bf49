// OpenAI Chat Completions, and the many that serve the same: Azure, Groq, DeepSeek, vLLM, OpenRouter, Mistral …
// https://platform.openai.com/docs/api-reference/chat. Old text completions (`prompt`, `choices[].text`) too.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import { readInstructions, readMessage } from '../messages.ts'
import { readFrom } from '../origins.ts'
import { structured } from '../parts.ts'
import { toolsOf } from '../tools.ts'
import type { WrittenUsage } from '../usage.ts'
import { asBoolean, isList, isObject, itemsOf, present } from '../values.ts'
import { firstIn, hasMessages, labelOf, listIn, objectIn, oneOf, wordIn, type Body } from './fields.ts'
import { assembleChat, isChatChunk } from './openai-chat-stream.ts'
import {
  inclusive,
  parametersOf,
  termsIn,
  type ProviderApi,
  type RequestContent,
  type ResponseContent,
} from './provider-api.ts'

export const openAiChat: ProviderApi = {
  id: 'openai-chat',
  kind: 'generation',
  operation: 'chat',
  isRequest(body) {
    if (hasMessages(body, 'messages')) return 'likely'
    const isPrompt = typeof body['prompt'] === 'string' && typeof body['model'] === 'string'
    return isPrompt && ('max_tokens' in body || 'temperature' in body || 'stop' in body) ? 'likely' : 'no'
  },
  isResponse(body) {
    const choice = firstIn(body, 'choices')
    if (choice === undefined) return body['object'] === 'chat.completion' || body['object'] === 'text_completion'
    return 'message' in choice || 'text' in choice || 'finish_reason' in choice
  },
  requestFacts: body => ({
    ...present({
      model: wordIn(body, 'model'),
      streamed: asBoolean(body['stream']),
      user: labelOf(oneOf(body, 'user', 'safety_identifier')),
    }),
  }),
  responseFacts: body => ({
    ...present({
      id: wordIn(body, 'id'),
      model: wordIn(body, 'model'),
      usage: chatUsage(objectIn(body, 'usage')),
      terms: termsIn(body),
      cost: oneOf(objectIn(body, 'usage'), 'cost'),
      created: body['created'] ?? undefined,
      provider: providerOf(body),
    }),
  }),
  readRequest: readOpenAiChatRequest,
  readResponse: readOpenAiChatResponse,
  countRequest: body => listIn(body, 'messages')?.length ?? 1,
  countResponse: body => listIn(body, 'choices')?.length ?? 0,
  isEvent: isChatChunk,
  assemble: assembleChat,
}

/** Many serve this interface; their extras tell some of them. */
function providerOf(body: Body): string | undefined {
  if ('x_groq' in body) return 'groq'
  if ('prompt_filter_results' in body) return 'azure.ai.openai'
  if ((wordIn(body, 'id') ?? '').startsWith('gen-') && 'provider' in body) return 'openrouter'
  const model = wordIn(body, 'model') ?? ''
  if (/^(?:gpt-\d|gpt-(?!oss)|chatgpt-|o[134](?:-|$)|ft:gpt-)/.test(model)) return 'openai'
  return model.startsWith('deepseek-') && 'prompt_cache_hit_tokens' in (objectIn(body, 'usage') ?? {})
    ? 'deepseek'
    : undefined
}

/** Inclusive by rule. DeepSeek and Moonshot spell the cached part their own way. */
export function chatUsage(usage: Body | undefined): WrittenUsage | undefined {
  if (usage === undefined) return undefined
  const input = oneOf(usage, 'prompt_tokens', 'input_tokens')
  const output = oneOf(usage, 'completion_tokens', 'output_tokens')
  if (input === undefined && output === undefined) return undefined
  const ofInput = objectIn(usage, 'prompt_tokens_details') ?? objectIn(usage, 'input_tokens_details')
  const ofOutput = objectIn(usage, 'completion_tokens_details') ?? objectIn(usage, 'output_tokens_details')
  return {
    input,
    output,
    total: usage['total_tokens'],
    cacheRead: oneOf(ofInput, 'cached_tokens') ?? oneOf(usage, 'prompt_cache_hit_tokens', 'cached_tokens'),
    cacheWrite: oneOf(ofInput, 'cache_write_tokens', 'cache_creation_tokens'),
    reasoning: oneOf(ofOutput, 'reasoning_tokens') ?? oneOf(usage, 'reasoning_tokens'),
    priced: {
      audioInput: oneOf(ofInput, 'audio_tokens'),
      audioCached: oneOf(objectIn(ofInput, 'cached_tokens_details'), 'audio_tokens'),
      audioOutput: oneOf(ofOutput, 'audio_tokens'),
    },
    from: 'usage',
    producer: inclusive,
  }
}

const notParameters = new Set('model messages system instructions prompt tools functions metadata user'.split(' '))

function readOpenAiChatRequest(body: JsonObject): RequestContent {
  const tools = [body['tools'], body['functions']].flatMap(offered => toolsOf(offered ?? null) ?? [])
  const metadata = body['metadata']
  // Not in the interface, but in that of SDKs which keep their calls like this.
  const system = readInstructions(body['system'] ?? body['instructions'])
  const rest = readInput(body)
  return {
    ...present({
      messages: system ? [system, ...(rest ?? [])] : rest,
      parameters: parametersOf(body, notParameters),
      tools: tools.length > 0 ? tools : undefined,
      metadata: isObject(metadata) ? metadata : undefined,
    }),
  }
}

function readInput(body: JsonObject): Message[] | undefined {
  if (isList(body['messages'])) return body['messages'].flatMap(item => (isObject(item) ? readChatMessage(item) : []))
  const { prompt } = body
  if (isList(prompt)) return prompt.map(text => ({ role: 'user', parts: textParts(text) }))
  return typeof prompt === 'string' ? [{ role: 'user', parts: textParts(prompt) }] : undefined
}

/** n > 1: one generation with several outputs. */
function readOpenAiChatResponse(body: JsonObject): ResponseContent {
  const choices = itemsOf(body['choices']).filter(isObject)
  const messages = choices.flatMap(choice => {
    const reason = choice['finish_reason']
    const message: Message | undefined = isObject(choice['message'])
      ? readChatMessage(choice['message'])
      : choice['text'] === undefined
        ? undefined
        : { role: 'assistant', parts: textParts(choice['text']) }
    return message ? [typeof reason === 'string' ? { ...message, finishReason: reason } : message] : []
  })
  const reasons = choices.flatMap(choice => {
    const reason = choice['finish_reason']
    return typeof reason === 'string' ? [reason] : []
  })
  return {
    ...present({
      messages: messages.length > 0 ? messages : undefined,
      finishReasons: reasons.length > 0 ? reasons : undefined,
    }),
  }
}

/** Speech stands beside the content (`audio`), as do a reasoning model's details. */
export function readChatMessage(body: JsonObject): Message {
  const message = readMessage(body, 'assistant')
  const { audio, content } = body
  // Results of the oldest kind of call have a name instead of an id.
  if (message.role === 'function') {
    const { name } = message
    const parts: Part[] = [{ type: 'tool_result', ...present({ name, result: structured(content ?? undefined) }) }]
    return readFrom({ ...message, parts }, body)
  }
  if (!isObject(audio)) return message
  const part: Part = {
    type: 'media',
    modality: 'audio',
    ...present({
      data: typeof audio['data'] === 'string' ? audio['data'] : undefined,
      fileId: typeof audio['id'] === 'string' ? audio['id'] : undefined,
    }),
  }
  const said = audio['transcript']
  const parts = [...message.parts, part]
  if (typeof said === 'string' && said !== '') parts.push({ type: 'text', text: said })
  return readFrom({ ...message, parts }, body)
}

function textParts(value: JsonValue | undefined): Part[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }]
  return value === undefined || value === null ? [] : [{ type: 'other', value }]
}
