// Weights & Biases Weave: a call under the names its service gives it. https://docs.wandb.ai/weave/reference/service-api
// The usage of a call is the sum of what is below it, so where the answer itself says what it took, that is believed.
// Left out: references (`weave:///…`), which stay the texts they are.

import type { SpanKind } from '../domain/kind.ts'
import type { Score } from '../domain/message.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeSaid, sumCosts, type SaidCost } from './cost.ts'
import { countExchange, takeAnswered, takeAsked } from './exchange.ts'
import { kindOf } from './kinds.ts'
import { foldProvider } from './providers.ts'
import { readScore } from './scores.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import {
  asBoolean,
  asJson,
  asLabel,
  asObject,
  inside,
  isDeferred,
  isList,
  isObject,
  toJson,
  type Written,
} from './values.ts'

/** Ops that Weave's own integrations record. */
const ops: readonly (readonly [op: RegExp, kind: SpanKind])[] = [
  [/\bembeddings?[._](?:create|embed)|\.embed(?:_content)?$|^litellm\.a?embedding$/i, 'embedding'],
  [
    /^(?:openai|groq|cerebras|azure)\.(?:beta\.)?(?:chat\.completions|responses|completions)\.(?:create|parse|stream)/,
    'generation',
  ],
  [/^anthropic\.(?:\w+\.)*messages\.(?:create|stream)/i, 'generation'],
  [
    /^(?:google|vertexai|mistralai|cohere|litellm|bedrock|ollama|huggingface_hub|instructor)\b.*(?:generate_?content|chat|complet|converse|invoke|message)/i,
    'generation',
  ],
]

const opName = (span: RawSpan): string => {
  const written = asLabel(span.attributes['op_name']) ?? ''
  return /\/op\/([^:]+)/.exec(written)?.[1] ?? written
}

function kindOfCall(span: RawSpan): SpanKind {
  const op = opName(span)
  const said = kindOf(
    inside(span.attributes['attributes'], 'weave', 'kind') ?? inside(span.attributes['attributes'], 'kind'),
  )
  return said ?? ops.find(([name]) => name.test(op))?.[1] ?? 'chain'
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const kind = kindOfCall(span)
  reading.take('kind', kind, 'op_name', kindRank.operation)
  const op = opName(span)
  reading.take('operation', op === '' ? undefined : op, 'op_name')
  const own = (name: string) => asLabel(inside(a['attributes'], name))
  reading.take('session', asLabel(a['thread_id']) ?? own('session_id') ?? own('thread_id'), 'attributes.session_id')
  reading.take('user', own('user_id') ?? asLabel(a['wb_user_id']), 'attributes.user_id')
  reading.take('environment', own('env') ?? own('environment'), 'attributes.env')
  reading.take('application', asLabel(a['project_id']), 'project_id')
  reading.take('scores', readFeedback(a), 'summary.weave.feedback')
  const state = asLabel(inside(a['summary'], 'weave', 'status'))
  // A failure below it is not its own.
  if (state === 'success' || state === 'descendant_error') reading.take('status', 'ok', 'summary.weave.status')
  else if (state === 'error') reading.take('status', 'error', 'summary.weave.status')
  if (kind === 'tool') reading.take('toolName', span.name, 'op_name')
  if (kind === 'agent') reading.take('agent', span.name, 'op_name')
  if (kind !== 'generation' && kind !== 'embedding') return
  reading.take('model', asLabel(inside(a['output'], 'model')) ?? soleModel(a), 'output.model')
  reading.take('requestModel', asLabel(inside(a['inputs'], 'model')), 'inputs.model')
  reading.take('responseId', asLabel(inside(a['output'], 'id')), 'output.id')
  reading.take('streamed', asBoolean(inside(a['inputs'], 'stream')), 'inputs.stream')
  const dot = op.indexOf('.')
  if (dot > 0) reading.take('provider', foldProvider(op.slice(0, dot)), 'op_name')
  takeSaid(reading, costOf(a), 'summary.weave.costs')
}

/** The model of a summary that speaks of one. */
function soleModel(a: Attributes): string | undefined {
  const models = Object.keys(usageByModel(a))
  return models.length === 1 ? models[0] : undefined
}

function usageByModel(a: Attributes): { readonly [model: string]: Written } {
  const usage = inside(a['summary'], 'usage')
  return typeof usage === 'object' && usage !== null && !Array.isArray(usage) && !isDeferred(usage)
    ? (usage as Attributes)
    : {}
}

/** Of one model: what a call cost in two parts, to the nano-dollar. */
function costOf(a: Attributes): SaidCost | undefined {
  const costs = Object.values(asObject(inside(a['summary'], 'weave', 'costs')) ?? {})
  const [cost] = costs
  if (costs.length !== 1 || !isObject(cost)) return undefined
  return sumCosts([cost['prompt_tokens_total_cost'], cost['completion_tokens_total_cost']])
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const answered = inside(a['output'], 'usage')
  const [sole] = Object.values(usageByModel(a))
  const kind = kindOfCall(span)
  const isCall = kind === 'generation' || kind === 'embedding'
  const own = isCall && answered !== undefined ? sumOf([answered], 'output.usage') : undefined
  return own ?? (sole === undefined ? undefined : sumOf(Object.values(usageByModel(a)), 'summary.usage'))
}

/** Providers' own counts, one a model: added up. */
function sumOf(bodies: readonly Written[], from: string): WrittenUsage | undefined {
  const read = bodies.flatMap(body => usageIn(body, from) ?? [])
  if (read.length === 0) return undefined
  const sum: { -readonly [K in keyof WrittenUsage]: WrittenUsage[K] } = { from }
  for (const field of ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const) {
    const counts = read.map(usage => usage[field]).filter(count => typeof count === 'number')
    if (counts.length > 0) sum[field] = counts.reduce((a, b) => a + b)
  }
  // Only Anthropic says what it wrote to its cache, and counts it beside the input.
  if (sum.cacheWrite !== undefined) sum.producer = { inputHasCache: false, outputHasReasoning: true }
  return sum
}

function readFeedback(a: Attributes): readonly Score[] | undefined {
  const written = inside(a['summary'], 'weave', 'feedback')
  const list = written === undefined ? undefined : toJson(written)
  if (!isList(list)) return undefined
  const scores = list.flatMap(item => {
    const type = isObject(item) ? item['feedback_type'] : undefined
    const payload = isObject(item) ? item['payload'] : undefined
    if (typeof type !== 'string' || !isObject(payload)) return []
    const name = type.replace(/^wandb\.(?:runnable\.)?/, '')
    const value = payload['output'] ?? payload['value'] ?? payload['emoji'] ?? payload['note'] ?? null
    return readScore(name, value, type.startsWith('wandb.runnable.') ? 'code' : 'human') ?? []
  })
  return scores.length > 0 ? scores : undefined
}

function content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const a = span.attributes
  const metadata = asObject(a['attributes'])
  if (metadata && Object.keys(metadata).length > 0) reading.take('metadata', metadata, 'attributes')
  const inputs = a['inputs'] === undefined || a['inputs'] === null ? undefined : asJson(a['inputs'])
  const output = a['output'] === undefined || a['output'] === null ? undefined : asJson(a['output'])
  if (facts.kind !== 'generation' || !isObject(inputs)) {
    reading.take('input', inputs, 'inputs')
    reading.take('output', output, 'output')
    return
  }
  // The client that was called.
  const { self: _self, ...request } = inputs
  takeAsked(reading, request, 'inputs')
  takeAnswered(reading, output, 'output')
}

export const weave: Convention = {
  id: 'weave',
  label: 'Weave',
  precedence: 4,
  prefixes: [],
  reads: [
    'id',
    'trace_id',
    'parent_id',
    'started_at',
    'ended_at',
    'op_name',
    'inputs',
    'output',
    'attributes',
    'summary',
    'exception',
    'thread_id',
    'wb_user_id',
    'project_id',
    'display_name',
  ],
  keeps: ['turn_id', 'wb_run_id', 'wb_run_step'],
  facts,
  content,
  usage,
  messages: ({ attributes: a }) => countExchange(a['inputs'], a['output']),
}
