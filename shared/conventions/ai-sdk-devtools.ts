// Rows of the AI SDK's DevTools file: runs, and steps whose input, output and usage are JSON in texts.
// https://ai-sdk.dev/docs/ai-sdk-core/devtools

import type { JsonObject } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { sumMessages } from './count-messages.ts'
import { messagesOf, takeMessages } from './messages.ts'
import { readParts } from './parts.ts'
import { foldProvider } from './providers.ts'
import { toolsOf } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { asLabel, asNumber, asObject, emptyObject, inside, isList, isObject } from './values.ts'

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  if (a['run_id'] === undefined) {
    const steps = asNumber(span.resource['steps']) ?? 0
    reading.take('kind', steps > 1 ? 'agent' : 'chain', 'steps', kindRank.explicit)
    const feature = asLabel(a['function_id'])
    reading.take('feature', feature, 'function_id')
    if (span.parentId === undefined) reading.take('traceName', feature, 'function_id')
    return
  }
  reading.take('kind', 'generation', 'step', kindRank.explicit)
  reading.take('operation', asLabel(a['type']), 'type')
  reading.take('streamed', asLabel(a['type']) === 'stream' ? true : undefined, 'type')
  reading.take('requestModel', asLabel(a['model_id']), 'model_id')
  const provider = asLabel(a['provider'])
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'provider')
  const response = answerOf(span)?.['response']
  if (!isObject(response)) return
  reading.take('model', asLabel(response['modelId']), 'output')
  reading.take('responseId', asLabel(response['id']), 'output')
}

/** Facts and content ask for it one after the other. */
const answers = new WeakMap<RawSpan, { readonly answer: JsonObject | undefined }>()

function answerOf(span: RawSpan): JsonObject | undefined {
  let found = answers.get(span)
  if (!found) answers.set(span, (found = { answer: asObject(span.attributes['output']) }))
  return found.answer
}

/** Flat (`inputTokens: 91`), or as providers of the SDK's version 6 count (`inputTokens: {total, cacheRead …}`). */
function usage(span: RawSpan): WrittenUsage | undefined {
  if (span.attributes['run_id'] === undefined) return undefined
  const counts = asObject(span.attributes['usage'])
  if (!counts) return undefined
  const of = (...path: readonly string[]) => inside(counts, ...path)
  return {
    input: of('inputTokens', 'total') ?? number(of('inputTokens')),
    output: of('outputTokens', 'total') ?? number(of('outputTokens')),
    total: of('totalTokens'),
    cacheRead: of('inputTokens', 'cacheRead') ?? of('inputTokenDetails', 'cacheReadTokens') ?? of('cachedInputTokens'),
    cacheWrite: of('inputTokens', 'cacheWrite') ?? of('inputTokenDetails', 'cacheWriteTokens'),
    reasoning: of('outputTokens', 'reasoning') ?? of('outputTokenDetails', 'reasoningTokens') ?? of('reasoningTokens'),
    from: 'usage',
  }
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function content(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  if (a['run_id'] === undefined) return
  const request = asObject(a['input'])
  if (request) readRequest(request, reading)
  const answer = answerOf(span)
  if (!answer) return
  const reason = reasonOf(answer)
  if (reason !== undefined) reading.take('finishReasons', [reason], 'output')
  const text = answer['objectText'] ?? answer['text']
  const parts = readParts(answer['content'] ?? (typeof text === 'string' ? text : null))
  if (parts.length === 0) return
  const message: Message = { role: 'assistant', ...(reason === undefined ? {} : { finishReason: reason }), parts }
  reading.take('outputMessages', [message], 'output', -parts.length)
}

function readRequest(request: JsonObject, reading: Reading<Content>): void {
  const { prompt, messages: other, tools, ...rest } = request
  const said = prompt ?? other
  const messages = said === undefined || said === null ? undefined : messagesOf(isList(said) ? said : [said], 'user')
  takeMessages(reading, 'inputMessages', messages, 'input')
  if (isList(tools)) reading.take('toolsOffered', toolsOf(tools), 'input')
  if (Object.keys(rest).length > 0) reading.take('parameters', Object.assign(emptyObject(), rest), 'input')
}

function reasonOf(answer: JsonObject): string | undefined {
  const written = answer['finishReason']
  return asLabel(isObject(written) ? written['unified'] : written)
}

function messages(span: RawSpan): number | undefined {
  const request = asObject(span.attributes['input'])
  return sumMessages(inside(request, 'prompt') ?? inside(request, 'messages'), answerOf(span) ? 'answer' : undefined)
}

export const aiSdkDevtools: Convention = {
  id: 'ai-sdk-devtools',
  label: 'AI SDK DevTools',
  precedence: 4,
  prefixes: [],
  around: { reads: ['steps'] },
  reads: [
    'id',
    'started_at',
    'provider',
    'input',
    'output',
    'run_id',
    'parent_run_id',
    'parent_step_id',
    'function_id',
    'step_number',
    'model_id',
    'duration_ms',
    'error',
    'type',
    'usage',
  ],
  keeps: ['provider_options', 'raw_request', 'raw_response', 'raw_chunks'],
  facts,
  content,
  usage,
  messages,
}
