// Braintrust's rows, objects inside a row under dotted names (`metrics.tokens`), as its queries know them.
// https://www.braintrust.dev/docs/guides/tracing

import type { Score } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { sumMessages } from './count-messages.ts'
import { takeAnswered, takeAsked } from './exchange.ts'
import { kindOf } from './kinds.ts'
import { foldProvider } from './providers.ts'
import { readScore } from './scores.ts'
import { readTools } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import {
  asJson,
  asLabel,
  asLabels,
  asNumber,
  asStructure,
  emptyObject,
  inside,
  isObject,
  present,
  toJson,
} from './values.ts'

const aliases = {
  requestModel: ['metadata.model'],
  session: ['metadata.session_id', 'metadata.sessionId', 'metadata.thread_id', 'metadata.conversation_id'],
  user: ['metadata.user_id', 'metadata.userId', 'metadata.user'],
  tenant: ['metadata.tenant_id'],
  team: ['metadata.team', 'metadata.team_id'],
  environment: ['metadata.environment'],
  release: ['metadata.release'],
  promptName: ['metadata.prompt_name', 'metadata.prompt_slug'],
  promptVersion: ['metadata.prompt_version'],
} as const satisfies { [field in keyof Facts]?: readonly string[] }

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const type = asLabel(a['span_attributes.type'])
  // A function is any traced code here, not one a model called.
  const kind = type === 'function' ? 'chain' : kindOf(type)
  reading.take('kind', kind, 'span_attributes.type', kindRank.explicit)
  reading.take('operation', type, 'span_attributes.type')
  for (const field of Object.keys(aliases) as (keyof typeof aliases)[]) {
    for (const name of aliases[field]) reading.take(field, asLabel(a[name]), name)
  }
  const provider = asLabel(a['metadata.provider'])
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'metadata.provider')
  const prompt = asStructure(typeof a['metadata.prompt'] === 'object' ? a['metadata.prompt'] : undefined)
  if (isObject(prompt)) {
    reading.take('promptName', asLabel(prompt['key'] ?? prompt['id']), 'metadata.prompt')
    reading.take('promptVersion', asLabel(prompt['version']), 'metadata.prompt')
  }
  if (kind === 'tool') reading.take('toolName', span.name === '' ? undefined : span.name, 'span_attributes.name')
  takeCost(reading, a['metrics.estimated_cost'], 'metrics.estimated_cost')
  const seconds = asNumber(a['metrics.time_to_first_token'])
  if (seconds !== undefined && seconds >= 0 && seconds < 1e6)
    reading.take('timeToFirstToken', BigInt(Math.round(seconds * 1e9)), 'metrics.time_to_first_token')
  reading.take('tags', asLabels(a['tags'] ?? undefined), 'tags')
  reading.take('scores', readScores(span), 'scores.*')
}

const scorePrefix = 'scores.'

function readScores(span: RawSpan): readonly Score[] | undefined {
  const scores: Score[] = []
  for (const name in span.attributes) {
    if (!name.startsWith(scorePrefix)) continue
    const score = readScore(name.slice(scorePrefix.length), toJson(span.attributes[name]!))
    if (score) scores.push(score)
  }
  return scores.length > 0 ? scores : undefined
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const input = a['metrics.prompt_tokens']
  const output = a['metrics.completion_tokens']
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    total: a['metrics.tokens'],
    cacheRead: a['metrics.prompt_cached_tokens'],
    cacheWrite: a['metrics.prompt_cache_creation_tokens'],
    reasoning: a['metrics.completion_reasoning_tokens'] ?? a['metrics.reasoning_tokens'],
    from: 'metrics.prompt_tokens',
  }
}

/** Metadata of a call that is no parameter. */
const notParameters = new Set(['model', 'provider', 'tools', 'prompt'])

function content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const a = span.attributes
  const isCall = facts.kind === 'generation'
  if (isCall) {
    takeAsked(reading, asJson(a['input']), 'input')
    takeAnswered(reading, asJson(a['output']), 'output')
    reading.take('toolsOffered', readTools(a['metadata.tools']), 'metadata.tools')
  } else {
    if ((a['input'] ?? null) !== null) reading.take('input', asJson(a['input']), 'input')
    if ((a['output'] ?? null) !== null) reading.take('output', asJson(a['output']), 'output')
  }
  const metadata = emptyObject()
  for (const [name, value] of Object.entries(a)) {
    if (name.startsWith('metadata.')) metadata[name.slice(9)] = asJson(value) ?? null
  }
  const lifted: ReadonlySet<string> = new Set(Object.values(aliases).flat())
  const parameters = Object.entries(metadata).filter(
    ([name]) => !notParameters.has(name) && !lifted.has(`metadata.${name}`),
  )
  if (isCall && parameters.length > 0)
    reading.take('parameters', Object.assign(emptyObject(), Object.fromEntries(parameters)), 'metadata.*')
  if ((a['expected'] ?? null) !== null) metadata['expected'] = asJson(a['expected']) ?? null
  if (Object.keys(metadata).length > 0) reading.take('metadata', metadata, 'metadata.*')
  reading.take('prompt', present({ name: facts.promptName, version: facts.promptVersion }), 'metadata.prompt')
}

function messages({ attributes: a }: RawSpan): number | undefined {
  return sumMessages(inside(a['input'], 'messages') ?? a['input'], a['output'])
}

export const braintrust: Convention = {
  id: 'braintrust',
  label: 'Braintrust',
  precedence: 4,
  prefixes: [],
  reads: [
    'id',
    'span_id',
    'input',
    'output',
    'span_attributes.*',
    'metrics.*',
    'metadata.*',
    'scores.*',
    'expected',
    'tags',
    'error',
    'root_span_id',
    'span_parents',
  ],
  keeps: [
    'context.*',
    'created',
    'log_id',
    'project_id',
    'org_id',
    'experiment_id',
    'dataset_id',
    'origin',
    '_xact_id',
    '_pagination_key',
    'is_root',
  ],
  facts,
  content,
  usage,
  messages,
}
