// Genkit: `genkit:*` attributes, in its own trace store and in OTLP. https://genkit.dev/docs/observability/
// Left out: `raw`, the provider's own answer, but for the numbers Genkit does not pass on.

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import type { Message } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { sumMessages } from './count-messages.ts'
import { documentsOf } from './documents.ts'
import { parseScalarJson } from './json-text.ts'
import { messagesOf, takeMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import { toolsOf } from './tools.ts'
import type { CountingRule, WrittenUsage } from './usage.ts'
import { asJson, asLabel, asObject, emptyObject, inside, isList, isObject, type Written } from './values.ts'

const kinds = new Map<string, SpanKind>([
  ['flow', 'workflow'],
  ['flowStep', 'chain'],
  ['util', 'chain'],
  ['model', 'generation'],
  ['background-model', 'generation'],
  ['tool', 'tool'],
  ['tool.v2', 'tool'],
  ['retriever', 'retrieval'],
  ['reranker', 'reranker'],
  ['embedder', 'embedding'],
  ['indexer', 'other'],
  ['prompt', 'prompt'],
  ['executable-prompt', 'prompt'],
  ['promptTemplate', 'prompt'],
  ['evaluator', 'evaluator'],
  ['agent', 'agent'],
  ['action', 'chain'],
])

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const subtype = asLabel(a['genkit:metadata:subtype'])
  const type = asLabel(a['genkit:type'])
  const kind = kinds.get(subtype ?? '') ?? kinds.get(type ?? '')
  reading.take('kind', kind, subtype === undefined ? 'genkit:type' : 'genkit:metadata:subtype', kindRank.explicit)
  reading.take('operation', subtype ?? type, subtype === undefined ? 'genkit:type' : 'genkit:metadata:subtype')
  const name = asLabel(a['genkit:name'])
  if (a['genkit:isRoot'] === true || a['genkit:isRoot'] === 'true') {
    reading.take('feature', name, 'genkit:name')
    if (span.parentId === undefined) reading.take('traceName', name, 'genkit:name')
  }
  if (kind === 'tool') reading.take('toolName', name, 'genkit:name')
  if (kind === 'prompt') reading.take('promptName', name, 'genkit:name')
  if (kind === 'agent') reading.take('agent', name, 'genkit:name')
  for (const key of ['genkit:sessionId', 'genkit:metadata:sessionId', 'genkit:metadata:genkit:sessionId'] as const)
    reading.take('session', asLabel(a[key]), key)
  const state = asLabel(a['genkit:state'])
  if (state === 'success' || state === 'error')
    reading.take('status', state === 'success' ? 'ok' : 'error', 'genkit:state')
  if (name !== undefined && (kind === 'generation' || kind === 'embedding')) takeModel(name, reading)
  if (kind !== 'generation') return
  const raw = answerOf(span)?.['raw']
  reading.take('model', asLabel(inside(raw, 'model') ?? inside(raw, 'modelVersion')), 'genkit:output')
  reading.take('responseId', asLabel(inside(raw, 'id') ?? inside(raw, 'responseId')), 'genkit:output')
}

/** Models are named `plugin/model`. */
function takeModel(name: string, reading: Reading<Facts>): void {
  const slash = name.indexOf('/')
  reading.take('requestModel', name.slice(slash + 1), 'genkit:name')
  if (slash > 0) reading.take('provider', foldProvider(name.slice(0, slash)), 'genkit:name')
}

/** An answer stands in one text, which facts and tokens of the same span ask for one after the other. */
const answers = new WeakMap<RawSpan, { readonly answer: JsonObject | undefined }>()

function answerOf(span: RawSpan): JsonObject | undefined {
  let found = answers.get(span)
  if (!found) answers.set(span, (found = { answer: asObject(span.attributes['genkit:output']) }))
  return found.answer
}

/** Genkit passes on what its plugins count, each after its provider. */
const rules: readonly (readonly [provider: RegExp, rule: CountingRule])[] = [
  [/anthropic|claude/, { inputHasCache: false, outputHasReasoning: true }],
  [/^(?:googleai|vertexai|google-genai)\//, { inputHasCache: true, outputHasReasoning: false }],
]

function usage(span: RawSpan): WrittenUsage | undefined {
  const subtype = asLabel(span.attributes['genkit:metadata:subtype'])
  if (subtype !== 'model' && subtype !== 'background-model') return undefined
  const answer = answerOf(span)
  const counts = answer?.['usage']
  const input = inside(counts, 'inputTokens')
  const output = inside(counts, 'outputTokens')
  if (input === undefined && output === undefined) return undefined
  const raw = (...path: readonly string[]): Written => inside(answer?.['raw'], 'usage', ...path)
  const name = asLabel(span.attributes['genkit:name']) ?? ''
  return {
    input,
    output,
    total: inside(counts, 'totalTokens'),
    cacheRead:
      inside(counts, 'cachedContentTokens') ??
      raw('prompt_tokens_details', 'cached_tokens') ??
      raw('input_tokens_details', 'cached_tokens') ??
      raw('cache_read_input_tokens'),
    cacheWrite: raw('cache_creation_input_tokens'),
    reasoning: inside(counts, 'thoughtsTokens') ?? raw('completion_tokens_details', 'reasoning_tokens'),
    from: 'genkit:output',
    producer: rules.find(([provider]) => provider.test(name))?.[1],
  }
}

function content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const input = plain(span.attributes['genkit:input'])
  if (facts.kind === 'generation') readCall(span, isObject(input) ? input : undefined, reading)
  else if (facts.kind === 'retrieval' || facts.kind === 'reranker') readRetrieval(span, input, reading)
  else if (facts.kind === 'embedding') reading.take('input', input, 'genkit:input')
  else {
    reading.take('input', input, 'genkit:input')
    reading.take('output', plain(span.attributes['genkit:output']), 'genkit:output')
  }
  const found = emptyObject()
  for (const [name, value] of Object.entries(span.attributes)) {
    if (name.startsWith(metadata) && name !== `${metadata}subtype`)
      found[name.slice(metadata.length)] = plain(value) ?? null
  }
  if (Object.keys(found).length > 0) reading.take('metadata', found, 'genkit:metadata:*')
}

const metadata = 'genkit:metadata:'

/** Values are JSON in a text, plain texts too: `"\"hi\""` is hi. */
function plain(written: Written): JsonValue | undefined {
  const value = asJson(written)
  return typeof value === 'string' ? (parseScalarJson(value) ?? value) : value
}

function readCall(span: RawSpan, request: JsonObject | undefined, reading: Reading<Content>): void {
  takeMessages(reading, 'inputMessages', listed(request?.['messages']), 'genkit:input')
  const answer = answerOf(span)
  // Before 1.0 an answer had candidates.
  const said = answer?.['message'] ?? answer?.['candidates']
  takeMessages(reading, 'outputMessages', listed(said), 'genkit:output')
  const reason = asLabel(answer?.['finishReason'])
  if (reason !== undefined) reading.take('finishReasons', [reason], 'genkit:output')
  const tools = request?.['tools']
  if (isList(tools)) reading.take('toolsOffered', toolsOf(tools), 'genkit:input')
  const config = request?.['config']
  if (isObject(config) && Object.keys(config).length > 0) reading.take('parameters', config, 'genkit:input')
}

function listed(value: JsonValue | undefined): readonly Message[] | undefined {
  return value === undefined || value === null ? undefined : messagesOf(isList(value) ? value : [value], 'model')
}

function readRetrieval(span: RawSpan, input: JsonValue | undefined, reading: Reading<Content>): void {
  const query = isObject(input) ? (input['query'] ?? null) : (input ?? null)
  const text = textOf(query)
  if (text !== undefined) reading.take('query', text, 'genkit:input')
  const answer = asJson(span.attributes['genkit:output'])
  const list = isObject(answer) ? answer['documents'] : answer
  const documents = isList(list) ? documentsOf(list.map(withText)) : undefined
  reading.take('documents', documents, 'genkit:output')
  reading.take('input', input, 'genkit:input')
  reading.take('output', answer, 'genkit:output')
}

/** A document's content is a list of parts. */
function textOf(document: JsonValue): string | undefined {
  if (typeof document === 'string') return document
  const parts = isObject(document) ? document['content'] : undefined
  if (!isList(parts)) return undefined
  const texts = parts.flatMap(part => (isObject(part) && typeof part['text'] === 'string' ? [part['text']] : []))
  return texts.length > 0 ? texts.join('\n') : undefined
}

function withText(document: JsonValue): JsonValue {
  const text = textOf(document)
  return isObject(document) && text !== undefined ? { ...document, content: text } : document
}

/** They stand in a text together with everything else of the request. */
function messages(span: RawSpan): number | undefined {
  const answer = answerOf(span)
  const said = answer?.['message'] ?? answer?.['candidates'] ?? undefined
  return sumMessages(inside(asObject(span.attributes['genkit:input']), 'messages'), said)
}

export const genkit: Convention = {
  id: 'genkit',
  label: 'Genkit',
  precedence: 4,
  prefixes: ['genkit:'],
  reads: [
    'genkit:type',
    'genkit:name',
    'genkit:isRoot',
    'genkit:input',
    'genkit:output',
    'genkit:state',
    'genkit:sessionId',
    'genkit:metadata:*',
  ],
  keeps: ['genkit:path', 'genkit:key', 'genkit:isFailureSource', 'genkit:threadName', 'genkit:feature'],
  facts,
  content,
  usage,
  messages,
}
