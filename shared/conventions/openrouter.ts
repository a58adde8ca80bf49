// OpenRouter's record of a generation. https://openrouter.ai/docs/api-reference/get-a-generation
// Native counts are those that were billed; costs are credits, at par with the dollar. It holds no texts.

import type { RawSpan } from '../domain/raw-span.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { labelOf, oneOf, wordIn } from './bodies/fields.ts'
import { inclusive } from './bodies/provider-api.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { foldProvider } from './providers.ts'
import type { WrittenUsage } from './usage.ts'
import { asBoolean } from './values.ts'

function facts({ attributes: a }: RawSpan, reading: Reading<Facts>): void {
  reading.take('kind', 'generation', 'native_tokens_prompt', kindRank.explicit)
  reading.take('model', wordIn(a, 'model'), 'model')
  const provider = wordIn(a, 'provider_name')
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'provider_name')
  reading.take('responseId', wordIn(a, 'id'), 'id')
  for (const name of ['total_cost', 'usage'] as const) {
    takeCost(reading, a[name], name)
  }
  reading.take('streamed', asBoolean(a['streamed']), 'streamed')
  if (a['streamed'] === true) reading.take('timeToFirstToken', millisecondsToNano(a['latency']), 'latency')
  reading.take('application', labelOf(oneOf(a, 'origin')), 'origin')
  reading.take('user', labelOf(oneOf(a, 'external_user')), 'external_user')
}

function usage({ attributes: a }: RawSpan): WrittenUsage | undefined {
  return {
    input: oneOf(a, 'native_tokens_prompt', 'tokens_prompt'),
    output: oneOf(a, 'native_tokens_completion', 'tokens_completion'),
    cacheRead: oneOf(a, 'native_tokens_cached'),
    reasoning: oneOf(a, 'native_tokens_reasoning'),
    from: 'native_tokens_prompt',
    producer: inclusive,
  }
}

function content({ attributes: a }: RawSpan, reading: Reading<Content>): void {
  const reason = wordIn(a, 'native_finish_reason') ?? wordIn(a, 'finish_reason')
  if (reason !== undefined) reading.take('finishReasons', [reason], 'native_finish_reason')
}

export const openRouter: Convention = {
  id: 'openrouter',
  label: 'OpenRouter',
  precedence: 4,
  prefixes: [],
  reads: [
    'id',
    'model',
    'provider_name',
    'created_at',
    'total_cost',
    'usage',
    'tokens_prompt',
    'tokens_completion',
    'native_tokens_*',
    'streamed',
    'latency',
    'generation_time',
    'finish_reason',
    'native_finish_reason',
    'origin',
    'external_user',
    'cancelled',
  ],
  keeps: [
    'upstream_id',
    'upstream_inference_cost',
    'cache_discount',
    'moderation_latency',
    'app_id',
    'is_byok',
    'api_type',
    'router',
    'num_media_*',
    'num_input_audio_prompt',
    'num_search_results',
    'num_fetches',
    'web_search_engine',
    'provider_responses',
    'user_agent',
    'http_referer',
    'request_id',
  ],
  facts,
  content,
  usage,
}
