// The interfaces of providers whose bodies we read, for everything that carries such bodies: raw logs, batch files,
// recordings, gateways, and other conventions' inputs and outputs.

import type { JsonObject } from '../../domain/json.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { embeddings } from './embeddings.ts'
import type { Body } from './fields.ts'
import { geminiInteractions } from './gemini-interactions.ts'
import { gemini } from './gemini.ts'
import { ollama } from './ollama.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'
import type { ProviderApi, RequestContent, RequestFacts, ResponseContent, ResponseFacts } from './provider-api.ts'

export type { ProviderApi } from './provider-api.ts'

/** Asked in this order: what has marks of its own before what many look like. */
export const providerApis: readonly ProviderApi[] = [
  geminiInteractions,
  gemini,
  bedrockConverse,
  anthropicMessages,
  ollama,
  embeddings,
  openAiResponses,
  openAiChat,
]

export function responseApi(body: Body): ProviderApi | undefined {
  return providerApis.find(api => api.isResponse(body))
}

/** Whose request this is. Where an answer to it is known, its interface is asked first: many requests look alike. */
export function requestApi(body: Body, answeredBy?: ProviderApi): ProviderApi | undefined {
  if (answeredBy && answeredBy.isRequest(body) !== 'no') return answeredBy
  let likely: ProviderApi | undefined
  for (const api of providerApis) {
    const certainty = api.isRequest(body)
    if (certainty === 'certain') return api
    if (certainty === 'likely') likely ??= api
  }
  return likely
}

/** Whose streamed answer this is a piece of. */
export function eventApi(event: Body): ProviderApi | undefined {
  return providerApis.find(api => api.isEvent?.(event))
}

/** A request body of any provider: model, messages, parameters, tools; undefined for anything else. */
export function readProviderRequest(
  body: JsonObject,
): ({ readonly api: string } & RequestFacts & RequestContent) | undefined {
  const api = requestApi(body)
  return api && { api: api.id, ...api.requestFacts(body), ...api.readRequest(body) }
}

/** A response body of any provider; undefined for anything else. */
export function readProviderResponse(
  body: JsonObject,
): ({ readonly api: string } & ResponseFacts & ResponseContent) | undefined {
  const api = responseApi(body)
  return api && { api: api.id, ...api.responseFacts(body), ...api.readResponse(body) }
}
