// One row, one span: the flat schema that applications write themselves. The attributes are the row
// under its own names; ids, times, duration and the status word are the format's.
// The row's tool_calls become tool_call parts of the output message; they are not spans.

import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { sumMessages } from './count-messages.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { documentsOf } from './documents.ts'
import { kindOf } from './kinds.ts'
import { readMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import { readScores } from './scores.ts'
import type { WrittenUsage } from './usage.ts'
import {
  asJson,
  asLabel,
  asLabels,
  asList,
  asStructure,
  asText,
  emptyObject,
  firstLabel,
  isObject,
  present,
} from './values.ts'

const aliases = {
  model: ['model_name', 'model'],
  session: ['session_id', 'conversation_id', 'thread_id'],
  user: ['user_id_hash', 'user_id'],
  tenant: ['tenant_id'],
  team: ['team', 'team_name', 'team_id'],
  environment: ['environment', 'env'],
  release: ['release', 'version'],
  application: ['application', 'app'],
  feature: ['feature'],
  promptName: ['prompt_name'],
  promptVersion: ['prompt_version'],
  errorType: ['error_type'],
  responseId: ['response_id'],
} as const satisfies { [field in keyof Facts]?: readonly string[] }

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  for (const field of Object.keys(aliases) as (keyof typeof aliases)[]) {
    const found = firstLabel(a, aliases[field])
    if (found) reading.take(field, found.value, found.from)
  }
  const provider = firstLabel(a, ['model_provider', 'provider'])
  if (provider) reading.take('provider', foldProvider(provider.value), provider.from)
  const kind = kindOf(a['span_kind'] ?? a['kind'] ?? a['type'])
  reading.take('kind', kind, 'kind', kindRank.explicit)
  reading.take('kind', reading.has('model') ? 'generation' : 'chain', 'model_name', kindRank.shape)
  takeCost(reading, a['cost_usd'], 'cost_usd')
  takeCost(reading, a['cost'], 'cost', a['currency'])
  reading.take('tags', asLabels(a['tags']), 'tags')
  reading.take('scores', readScores(asStructure(a['eval_scores'])), 'eval_scores')
  if (reading.has('errorType') && span.status === 'unset') reading.take('status', 'error', 'error_type', 1)
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const input = a['input_tokens'] ?? a['prompt_tokens']
  const output = a['output_tokens'] ?? a['completion_tokens']
  if ((input ?? output ?? null) === null) return undefined
  return {
    input,
    output,
    total: a['total_tokens'],
    cacheRead: a['cache_read_tokens'] ?? a['cached_tokens'],
    cacheWrite: a['cache_write_tokens'],
    reasoning: a['reasoning_tokens'],
    from: 'input_tokens',
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  const parameters = emptyObject()
  for (const name of ['temperature', 'top_p', 'max_tokens', 'seed'] as const) {
    const value = asJson(a[name])
    if (value !== undefined && value !== null) parameters[name] = value
  }
  if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, 'temperature')
  readTexts(span, reading, known)
  const ids = a['retrieval_document_ids']
  const documents =
    asList(ids) ??
    asText(ids)
      ?.split(',')
      .flatMap(id => id.trim() || [])
  if (documents) reading.take('documents', documentsOf(documents), 'retrieval_document_ids')
  reading.take(
    'metadata',
    isObject(asStructure(a['metadata'])) ? (asStructure(a['metadata']) as Content['metadata']) : undefined,
    'metadata',
  )
  reading.take(
    'prompt',
    present({
      name: asLabel(a['prompt_name']),
      version: asLabel(a['prompt_version']),
      variables: asJson(a['prompt_variables']),
    }),
    'prompt_name',
  )
}

/** A generation's texts are messages; any other row's are its input and output. */
function readTexts(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  const calls = readCalls(asStructure(a['tool_calls']))
  for (const name of ['messages', 'prompt', 'input'] as const) {
    if (known.kind === 'generation') reading.take('inputMessages', readMessages(a[name], 'user'), name)
    else if (a[name] !== null) reading.take('input', asJson(a[name]), name)
  }
  let output: readonly Message[] | undefined
  for (const name of ['completion', 'output', 'response'] as const) {
    if (known.kind === 'generation') output ??= readMessages(a[name], 'assistant')
    else if (a[name] !== null) reading.take('output', asJson(a[name]), name)
  }
  if (calls.length > 0) output = [...(output ?? []), { role: 'assistant', parts: calls }]
  reading.take('outputMessages', output, calls.length > 0 ? 'tool_calls' : 'completion')
}

function readCalls(list: JsonValue | undefined): Part[] {
  const items: readonly JsonValue[] = Array.isArray(list) ? list : isObject(list) ? [list] : []
  return items.flatMap(item => {
    if (typeof item === 'string') return [{ type: 'tool_call', name: item } as const]
    if (!isObject(item)) return []
    const name = item['tool_name'] ?? item['name']
    const { id, status } = item
    const duration = millisecondsToNano(item['latency_ms'] ?? item['duration_ms'])
    return [
      {
        type: 'tool_call',
        name: typeof name === 'string' ? name : '',
        ...present({
          id: typeof id === 'string' ? id : undefined,
          arguments: item['arguments'],
          status: typeof status === 'string' ? status : undefined,
          durationNs: duration?.toString(),
        }),
      } as const,
    ]
  })
}

function messages({ attributes: a }: RawSpan): number | undefined {
  return sumMessages(a['messages'] ?? a['prompt'] ?? a['input'], a['completion'] ?? a['output'] ?? a['response'])
}

/** Ids, names, times and the status word: read by the format. */
const ofFormat: readonly string[] = [
  'trace_id traceId span_id spanId parent_span_id parent_id parentSpanId name span_name operation'.split(' '),
  'start_time timestamp started_at created_at ts time end_time ended_at latency_ms duration_ms status'.split(' '),
].flat()

export const flat: Convention = {
  id: 'flat',
  label: 'Flat rows',
  precedence: 3,
  prefixes: [],
  names: [
    'trace_id',
    'model_name',
    'model_provider',
    'model',
    'prompt_name',
    'prompt_version',
    'prompt_variables',
    'prompt',
    'completion',
    'messages',
    'input_tokens',
    'output_tokens',
    'prompt_tokens',
    'completion_tokens',
    'cost_usd',
    'latency_ms',
    'eval_scores',
    'retrieval_document_ids',
    'tool_calls',
    'user_id_hash',
    'session_id',
    'tenant_id',
    'feature',
    'error_type',
  ],
  reads: [
    Object.values(aliases).flat(),
    ofFormat,
    'model_provider provider span_kind kind type cost_usd cost tags eval_scores input_tokens prompt_tokens'.split(' '),
    'output_tokens completion_tokens total_tokens cache_read_tokens cached_tokens cache_write_tokens'.split(' '),
    'reasoning_tokens temperature top_p max_tokens seed retrieval_document_ids metadata tool_calls'.split(' '),
    'messages prompt input completion output response'.split(' '),
  ].flat(),
  // These are ordinary words: in a span with a scope or a resource they are somebody else's.
  speaks: span => {
    if (span.dialect !== undefined && span.dialect !== 'flat') return false
    if (span.scope.name !== undefined) return false
    for (const _ in span.resource) return false
    return true
  },
  facts,
  content,
  usage,
  messages,
}
