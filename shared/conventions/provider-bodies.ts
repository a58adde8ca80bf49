// Requests and responses as providers write them, inside records of any shape: logs of one's own making, batch files,
// recordings. What stands around the bodies is in bodies/envelope.ts.

import type { JsonObject } from '../domain/json.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { anthropicUsage } from './bodies/anthropic-messages.ts'
import {
  durationNames,
  envelopeLabel,
  envelopeNames,
  envelopeValue,
  errorOf,
  type EnvelopeField,
} from './bodies/envelope.ts'
import { isBody, objectIn, type Body } from './bodies/fields.ts'
import { findBodies, type Bodies } from './bodies/find-bodies.ts'
import { chatUsage } from './bodies/openai-chat.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { readMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import { readScores } from './scores.ts'
import type { WrittenUsage } from './usage.ts'
import { isDeferred, asJson, asLabels, asStructure, asText, present, toJson } from './values.ts'

const labels = ['session', 'user', 'tenant', 'team', 'environment', 'release', 'application', 'feature'] as const

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const bodies = findBodies(span.attributes)
  // Answers of a batch name the tier they would have had.
  if (bodies.response && isOfBatch(span)) reading.take('terms', { tier: 'batch' }, 'custom_id')
  takeBodyFacts(bodies, reading)
  for (const field of labels) takeLabel(bodies, field, field, reading)
  takeLabel(bodies, 'promptName', 'promptName', reading)
  takeLabel(bodies, 'promptVersion', 'promptVersion', reading)
  const provider = envelopeLabel(bodies, 'provider')
  if (provider) reading.take('provider', foldProvider(provider.value), provider.from)
  const { response, request } = bodies
  if (response?.path !== '') takeLabel(bodies, 'model', 'requestModel', reading)
  const api = response?.api ?? request?.api
  if (api?.provider !== undefined) reading.take('provider', api.provider, api.id)
  reading.take('kind', api?.kind ?? 'generation', 'its bodies', kindRank.shape)
  takeCost(reading, envelopeValue(bodies, 'cost'), 'cost')
  reading.take('timeToFirstToken', millisecondsToNano(envelopeValue(bodies, 'firstToken')), 'ttft_ms')
  const tags = envelopeValue(bodies, 'tags')
  if (Array.isArray(tags)) reading.take('tags', asLabels(tags), 'tags')
  const scores = bodies.around[0]?.['scores']
  if (scores !== undefined) reading.take('scores', readScores(asStructure(scores)), 'scores')
  if (span.status === 'error') reading.take('errorType', errorOf(bodies)?.type, bodies.error?.path ?? 'error')
  if (isOpen(bodies, span)) reading.marks.push('unfinished')
  if (!response && isOfBatch(span)) reading.marks.push('unanswered')
}

/** Asked and not answered, or answered in part, as far as the record tells. */
function isOpen({ request, response, error, around }: Bodies, span: RawSpan): boolean {
  if (response) return response.broken === true
  return request !== undefined && error === undefined && span.status === 'unset' && !hasText(around[0])
}

const answers = ['response', 'completion', 'output', 'answer', 'result', 'response_text'] as const

/** An answer that was logged as its text alone. */
function hasText(record: Body | undefined): boolean {
  return record !== undefined && answers.some(name => isPlainAnswer(record, name))
}

export function isPlainAnswer(record: Body, name: string): boolean {
  const value = record[name]
  return (answers as readonly string[]).includes(name) && (typeof value === 'string' || isDeferred(value))
}

/** A line of a batch file: a request that was never run, or a result that is none. */
function isOfBatch({ attributes: a }: RawSpan): boolean {
  if (typeof a['custom_id'] === 'string')
    return isBody(a['body']) || isBody(a['params']) || 'result' in a || 'response' in a
  return typeof a['key'] === 'string' && (isBody(a['request']) || isBody(a['error']))
}

/** What the bodies themselves say, without their envelope: for conventions that carry bodies under names of their own. */
export function takeBodyFacts(bodies: Bodies, reading: Reading<Facts>): void {
  const { response, request } = bodies
  if (response) {
    const said = response.api.responseFacts(response.body)
    reading.take('model', said.model, at(response.path, 'model'))
    reading.take('responseId', said.id, at(response.path, 'id'))
    takeCost(reading, said.cost, at(response.path, 'usage.cost'))
    reading.take('terms', said.terms, at(response.path, 'service_tier'))
    reading.take('provider', said.provider, response.path)
    if (response.streamed) reading.take('streamed', true, response.path)
  }
  if (request) {
    const said = request.api.requestFacts(request.body)
    reading.take('requestModel', said.model, at(request.path, 'model'))
    reading.take('streamed', said.streamed, at(request.path, 'stream'))
    reading.take('user', said.user, at(request.path, 'user'))
    reading.take('promptName', said.promptName, at(request.path, 'prompt.id'))
    reading.take('promptVersion', said.promptVersion, at(request.path, 'prompt.version'))
  }
  const api = response?.api ?? request?.api
  if (api) reading.take('operation', api.operation, api.id)
}

function takeLabel(
  bodies: Bodies,
  name: EnvelopeField,
  field: (typeof labels)[number] | 'promptName' | 'promptVersion' | 'requestModel',
  reading: Reading<Facts>,
): void {
  const found = envelopeLabel(bodies, name)
  if (found) reading.take(field, found.value, found.from)
}

function usage(span: RawSpan): WrittenUsage | undefined {
  return bodyUsage(findBodies(span.attributes))
}

/** The response's, else what the record itself counts. */
export function bodyUsage(bodies: Bodies): WrittenUsage | undefined {
  const { response } = bodies
  const said = response && response.api.responseFacts(response.body).usage
  if (said) return { ...said, from: at(response.path, said.from) }
  const [record] = bodies.around
  if (record === undefined || response?.path === '') return undefined
  const counts = objectIn(record, 'usage') ?? record
  return 'cache_read_input_tokens' in counts ? anthropicUsage(counts) : chatUsage(counts)
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const bodies = findBodies(span.attributes)
  takeBodyContent(bodies, reading)
  const [record] = bodies.around
  if (record === undefined) return
  if (!bodies.request)
    takePlain(record, 'inputMessages', ['messages', 'prompt', 'input', 'question', 'query', 'request'], 'user', reading)
  if (!bodies.response) {
    takePlain(record, 'outputMessages', answers, 'assistant', reading)
  }
  const name = envelopeLabel(bodies, 'promptName')
  const version = envelopeLabel(bodies, 'promptVersion')
  const template = asText(envelopeValue(bodies, 'promptTemplate'))
  const variables = asJson(envelopeValue(bodies, 'promptVariables'))
  const prompt = present({ name: name?.value, version: version?.value, template, variables })
  reading.take('prompt', prompt, name?.from ?? version?.from ?? 'prompt_template')
  const metadata = record['metadata']
  const written = metadata === undefined || metadata === null ? undefined : asStructure(metadata)
  if (written !== undefined && !Array.isArray(written)) reading.take('metadata', written as JsonObject, 'metadata')
}

/** Texts and structures of the bodies, wherever they stand. */
export function takeBodyContent(bodies: Bodies, reading: Reading<Content>): void {
  const { request, response } = bodies
  if (request) {
    const said = request.api.readRequest(toJson(request.body) as JsonObject)
    reading.take('inputMessages', said.messages, request.path)
    reading.take('parameters', said.parameters, request.path)
    reading.take('toolsOffered', said.tools, at(request.path, 'tools'))
    reading.take('metadata', said.metadata, at(request.path, 'metadata'))
    reading.take('prompt', said.prompt, at(request.path, 'prompt'))
  }
  if (!response) return
  const said = response.api.readResponse(toJson(response.body) as JsonObject)
  reading.take('outputMessages', said.messages, response.path)
  reading.take('finishReasons', said.finishReasons, response.path)
  reading.take('documents', said.documents, response.path)
  reading.take('query', said.query, response.path)
  reading.take('toolsOffered', said.tools, response.path)
}

/** Texts that stand in the record without a body around them. */
function takePlain(
  record: Body,
  field: 'inputMessages' | 'outputMessages',
  names: readonly string[],
  role: string,
  reading: Reading<Content>,
): void {
  for (const name of names) {
    const value = record[name]
    if (value !== undefined && value !== null && !isBody(value)) reading.take(field, readMessages(value, role), name)
  }
}

function messages(span: RawSpan): number | undefined {
  const bodies = findBodies(span.attributes)
  const count = countBodyMessages(bodies)
  return count !== undefined && !bodies.response && hasText(bodies.around[0]) ? count + 1 : count
}

export function countBodyMessages({ request, response }: Bodies): number | undefined {
  if (!request && !response) return undefined
  return (request?.api.countRequest(request.body) ?? 0) + (response?.api.countResponse(response.body) ?? 0)
}

/** A body that is the record itself has no path. */
function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Where bodies are put, and what they consist of where they are the record itself. */
const bodyNames = [
  'request',
  'response',
  'req',
  'res',
  'resp',
  'body',
  'request_body',
  'response_body',
  'requestBody',
  'responseBody',
  'raw_request',
  'raw_response',
  'params',
  'result',
  'kwargs',
  'request_response',
  'messages',
  'prompt',
  'input',
  'completion',
  'output',
  'stream',
  'chunks',
  'events',
  'error',
  'usage',
  'metadata',
  'scores',
  'id',
  'object',
  'choices',
  'created',
  'system',
  'content',
  'tools',
  'candidates',
  'contents',
  'usageMetadata',
  'modelVersion',
  'responseId',
  'steps',
  'stop_reason',
] as const

const idNames = new Set<string>([...envelopeNames.trace, ...envelopeNames.span, ...envelopeNames.parent])

export const providerBodies: Convention = {
  id: 'provider-bodies',
  label: 'Provider requests and responses',
  precedence: 4,
  prefixes: [],
  reads: [...new Set<string>([...bodyNames, ...Object.values(envelopeNames).flat(), ...durationNames])].filter(
    name => !idNames.has(name),
  ),
  keeps: [
    ...idNames,
    'api_key',
    // Of those a replay takes what it needs (shared/replay/headers.ts).
    'headers',
    'request_headers',
    'response_headers',
    // What a replay says of itself (shared/replay/record.ts).
    'spanwise',
    'replay',
    'stream',
    'error_body',
    'request_id',
    'requestId',
    'custom_id',
    'key',
    'method',
    'url',
    'type',
    'role',
    'object',
    'service_tier',
    'system_fingerprint',
    'stop_sequence',
    'container',
    'billing',
    'background',
    'store',
    'updated',
  ],
  facts,
  content,
  usage,
  messages,
}
