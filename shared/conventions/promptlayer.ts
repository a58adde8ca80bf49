// PromptLayer: the requests it tracks, and its spans, whose functions' arguments and results are JSON in two attributes.
// https://docs.promptlayer.com/reference/log-request

import type { JsonObject } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { labelOf, objectIn, oneOf, wordIn } from './bodies/fields.ts'
import { findBodies } from './bodies/find-bodies.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { bodyUsage, countBodyMessages, takeBodyContent, takeBodyFacts } from './provider-bodies.ts'
import { foldProvider } from './providers.ts'
import { asJson, asLabels, asNumber, asObject, asStructure, isObject, present, toJson } from './values.ts'

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const bodies = findBodies(a)
  const isTracked = 'function_name' in a
  const { response, request } = bodies
  if (isTracked) reading.take('kind', response?.api.kind ?? 'generation', 'function_name', kindRank.explicit)
  else if (response ?? request) reading.take('kind', (response ?? request)!.api.kind, 'function_output', kindRank.shape)
  takeBodyFacts(bodies, reading)
  const provider = wordIn(a, 'provider_type')
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'provider_type')
  else if (response?.api.provider !== undefined) reading.take('provider', response.api.provider, response.api.id)
  reading.take('operation', wordIn(a, 'function_name'), 'function_name')
  const run = asObject(a['function_input']) ?? {}
  const metadata = objectIn(a, 'metadata') ?? (isObject(run['metadata']) ? run['metadata'] : undefined)
  reading.take('user', labelOf(oneOf(metadata, 'user_id', 'user')), 'metadata.user_id')
  reading.take('session', labelOf(oneOf(metadata, 'session_id', 'session')), 'metadata.session_id')
  reading.take(
    'promptName',
    labelOf(oneOf(a, 'prompt_name') ?? run['promptName'] ?? oneOf(a, 'prompt_id')),
    'prompt_name',
  )
  reading.take('promptVersion', labelOf(oneOf(a, 'prompt_version') ?? run['promptVersion']), 'prompt_version')
  const tags = asLabels(a['tags'] ?? run['tags'])
  if (tags && tags.length > 0) reading.take('tags', tags, 'tags')
  const score = asNumber(a['score'])
  if (score !== undefined) reading.take('scores', [{ name: 'score', value: score }], 'score')
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  takeBodyContent(findBodies(a), reading)
  const variables = asStructure(a['prompt_input_variables'])
  reading.take(
    'prompt',
    present({ name: known.promptName, version: known.promptVersion, variables }),
    'prompt_input_variables',
  )
  if (a['function_input'] !== undefined) reading.take('input', asJson(a['function_input']), 'function_input')
  if (a['function_output'] !== undefined) reading.take('output', asJson(a['function_output']), 'function_output')
  const metadata = objectIn(a, 'metadata')
  if (metadata) reading.take('metadata', toJson(metadata) as JsonObject, 'metadata')
}

export const promptLayer: Convention = {
  id: 'promptlayer',
  label: 'PromptLayer',
  precedence: 4,
  prefixes: [],
  names: ['function_input', 'function_output'],
  reads: [
    'function_input',
    'function_output',
    'function_name',
    'provider_type',
    'kwargs',
    'request_response',
    'request_start_time',
    'request_end_time',
    'tags',
    'metadata',
    'prompt_id',
    'prompt_name',
    'prompt_version',
    'prompt_input_variables',
    'score',
    'span_id',
  ],
  keeps: ['args', 'api_key', 'response_status', 'return_pl_id', 'return_prompt_blueprint', 'return_data', 'group_id'],
  facts,
  content,
  usage: span => bodyUsage(findBodies(span.attributes)),
  messages: span => countBodyMessages(findBodies(span.attributes)),
}
