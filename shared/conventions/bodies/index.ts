// The interfaces of providers whose bodies we read, for everything that carries such bodies: raw logs, batch files,
// recordings, gateways, and other conventions' inputs and outputs.

import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { embeddings } from './embeddings.ts'
import type { Body } from './fields.ts'
import { geminiInteractions } from './gemini-interactions.ts'
import { gemini } from './gemini.ts'
import { ollama } from './ollama.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'
import type { ProviderApi } from './provider-api.ts'

/** Asked in this order: what has marks of its own before what many look like. */
const providerApis: readonly ProviderApi[] = [
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
