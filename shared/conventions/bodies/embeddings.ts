// Embeddings, as OpenAI and those that serve the same write them. Vectors stay attributes.

import type { JsonObject } from '../../domain/json.ts'
import type { Part } from '../../domain/message.ts'
import { isList, isObject, present } from '../values.ts'
import { firstIn, labelOf, objectIn, oneOf, wordIn } from './fields.ts'
import { chatUsage } from './openai-chat.ts'
import { parametersOf, type ProviderApi, type RequestContent } from './provider-api.ts'

export const embeddings: ProviderApi = {
  id: 'openai-embeddings',
  kind: 'embedding',
  operation: 'embeddings',
  isRequest(body) {
    if (wordIn(body, 'model') === undefined || body['input'] === undefined) return 'no'
    if ('encoding_format' in body || 'dimensions' in body) return 'certain'
    return /embed/i.test(wordIn(body, 'model') ?? '') ? 'likely' : 'no'
  },
  isResponse: body => body['object'] === 'list' && firstIn(body, 'data')?.['object'] === 'embedding',
  requestFacts: body => ({
    ...present({ model: wordIn(body, 'model'), user: labelOf(oneOf(body, 'user')) }),
  }),
  responseFacts: body => ({
    ...present({
      model: wordIn(body, 'model'),
      usage: chatUsage(objectIn(body, 'usage')),
      provider: wordIn(body, 'model')?.startsWith('text-embedding-') ? 'openai' : undefined,
    }),
  }),
  readRequest: readEmbeddingRequest,
  readResponse: () => ({}),
  countRequest: () => 1,
  countResponse: () => 0,
}

const notParameters = new Set(['model', 'input', 'user', 'metadata'])

function readEmbeddingRequest(body: JsonObject): RequestContent {
  const { input, metadata } = body
  const texts = isList(input) ? input : [input]
  return {
    ...present({
      messages: [
        {
          role: 'user',
          parts: texts.flatMap((text): Part[] =>
            typeof text === 'string'
              ? [{ type: 'text', text }]
              : text === undefined
                ? []
                : [{ type: 'other', value: text }],
          ),
        },
      ],
      parameters: parametersOf(body, notParameters),
      metadata: isObject(metadata) ? metadata : undefined,
    }),
  }
}
