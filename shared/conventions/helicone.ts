// Helicone's exported requests. https://docs.helicone.ai/tools/export
// A session is named by request properties; its path gives each request a place in it.

import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { labelOf, objectIn, oneOf, wordIn, type Body } from './bodies/fields.ts'
import { findBodies } from './bodies/find-bodies.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { bodyUsage, countBodyMessages, takeBodyContent, takeBodyFacts } from './provider-bodies.ts'
import { foldProvider } from './providers.ts'
import { readScores } from './scores.ts'
import { countNumbers, type WrittenUsage } from './usage.ts'
import { asJson, asLabel, asObject, asStructure, present, toJson } from './values.ts'

/** Requests that call no model say so in their body. */
const sorts = new Map([
  ['tool', 'tool'],
  ['vector_db', 'retrieval'],
  ['data', 'other'],
] as const)

export function propertiesOf(a: Attributes): Body {
  return (
    objectIn(a, 'request_properties') ??
    objectIn(a, 'properties') ??
    asObject(a['request_properties'] ?? a['properties']) ??
    {}
  )
}

/** Properties are names of headers, in whatever case. */
export function propertyIn(properties: Body, name: string): string | undefined {
  for (const key of Object.keys(properties)) if (key.toLowerCase() === name) return asLabel(properties[key])
  return undefined
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const sort = wordIn(objectIn(a, 'request_body'), '_type')
  reading.take(
    'kind',
    (sort === undefined ? undefined : sorts.get(sort as 'tool')) ?? 'generation',
    'request_body._type',
    kindRank.explicit,
  )
  const provider = wordIn(a, 'provider')
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'provider')
  for (const name of ['model_override', 'response_model', 'model'] as const)
    reading.take('model', wordIn(a, name), name)
  reading.take('requestModel', wordIn(a, 'request_model'), 'request_model')
  for (const name of ['cost', 'costUSD', 'cost_usd'] as const) {
    takeCost(reading, a[name], name)
  }
  for (const name of ['helicone_user', 'request_user_id', 'user_id'] as const)
    reading.take('user', labelOf(a[name]), name)
  const properties = propertiesOf(a)
  reading.take('session', propertyIn(properties, 'helicone-session-id'), 'properties Helicone-Session-Id')
  reading.take('traceName', propertyIn(properties, 'helicone-session-name'), 'properties Helicone-Session-Name')
  for (const [field, name] of [
    ['environment', 'environment'],
    ['feature', 'feature'],
    ['application', 'app'],
  ] as const) {
    reading.take(field, propertyIn(properties, name), `properties ${name}`)
  }
  reading.take('promptName', labelOf(a['prompt_id']), 'prompt_id')
  reading.take('promptVersion', labelOf(a['prompt_version']), 'prompt_version')
  reading.take('timeToFirstToken', millisecondsToNano(oneOf(a, 'time_to_first_token')), 'time_to_first_token')
  const rating = a['feedback_rating']
  const scores = [
    ...(readScores(asStructure(a['scores'])) ?? []),
    ...(typeof rating === 'boolean' ? [{ name: 'rating', value: rating ? 1 : 0, source: 'human' }] : []),
  ]
  if (scores.length > 0) reading.take('scores', scores, 'scores')
  takeBodyFacts(findBodies(a), reading)
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const inBody = bodyUsage(findBodies(a))
  const input = oneOf(a, 'prompt_tokens')
  const output = oneOf(a, 'completion_tokens')
  if (input === undefined && output === undefined) return inBody
  const row: WrittenUsage = {
    input,
    output,
    total: a['total_tokens'],
    cacheRead: oneOf(a, 'prompt_cache_read_tokens'),
    cacheWrite: oneOf(a, 'prompt_cache_write_tokens'),
    reasoning: oneOf(a, 'reasoning_tokens'),
    from: 'prompt_tokens',
    // Its columns repeat what the provider counts, and how.
    producer: inBody?.producer,
  }
  return inBody && countNumbers(inBody) >= countNumbers(row) ? inBody : row
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  if (known.kind === 'generation') takeBodyContent(findBodies(a), reading)
  else {
    if (a['request_body'] !== undefined) reading.take('input', asJson(a['request_body']), 'request_body')
    if (a['response_body'] !== undefined) reading.take('output', asJson(a['response_body']), 'response_body')
  }
  const properties = toJson(propertiesOf(a))
  if (Object.keys(properties as object).length > 0)
    reading.take('metadata', properties as Content['metadata'], 'properties')
  reading.take('prompt', present({ name: labelOf(a['prompt_id']), version: labelOf(a['prompt_version']) }), 'prompt_id')
}

export const helicone: Convention = {
  id: 'helicone',
  label: 'Helicone',
  precedence: 4,
  prefixes: [],
  reads: [
    'request_body',
    'response_body',
    'model',
    'model_override',
    'response_model',
    'request_model',
    'provider',
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'prompt_cache_read_tokens',
    'prompt_cache_write_tokens',
    'reasoning_tokens',
    'cost',
    'costUSD',
    'cost_usd',
    'helicone_user',
    'request_user_id',
    'user_id',
    'request_properties',
    'properties',
    'prompt_id',
    'prompt_version',
    'scores',
    'feedback_rating',
    'time_to_first_token',
    'request_created_at',
    'response_created_at',
    'delay_ms',
    'response_status',
  ],
  keeps: [
    'request_id',
    'response_id',
    'request_path',
    'cache_enabled',
    'signed_body_url',
    'feedback_*',
    'country_code',
    'helicone_*',
  ],
  facts,
  content,
  usage,
  messages: span => countBodyMessages(findBodies(span.attributes)),
}
