// MLflow's span attributes, in its own traces and in what it sends as OTLP, where every value is the JSON of it.
// https://mlflow.org/docs/latest/genai/tracing/concepts/span

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import type { Score } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { documentsOf } from './documents.ts'
import { countExchange, readAnswered, takeAnswered, takeAsked } from './exchange.ts'
import { parseScalarJson } from './json-text.ts'
import { kindOf } from './kinds.ts'
import { readMessages, takeMessages } from './messages.ts'
import { within, words } from './names.ts'
import { first } from './parts.ts'
import { foldProvider } from './providers.ts'
import { readTools } from './tools.ts'
import { scoresUnder } from './scores.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import {
  asJson,
  asLabel,
  asNumber,
  asObject,
  asStructure,
  asText,
  isList,
  isObject,
  present,
  inside,
  type Written,
} from './values.ts'

/** A short value without the quotes that JSON puts around a text. */
function label(value: Written): string | undefined {
  const text = asLabel(value)
  if (text === undefined || !text.startsWith('"')) return text
  const inner = parseScalarJson(text)
  return typeof inner === 'string' && inner !== '' ? inner : undefined
}

const kinds: { readonly [type: string]: SpanKind | undefined } = { PARSER: 'chain', TASK: 'chain', UNKNOWN: undefined }

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const type = label(a['mlflow.spanType'])
  if (type !== undefined) reading.take('kind', kinds[type] ?? kindOf(type), 'mlflow.spanType', kindRank.explicit)
  reading.take('requestModel', label(a['mlflow.llm.model']), 'mlflow.llm.model')
  const provider = label(a['mlflow.llm.provider'])
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'mlflow.llm.provider')
  const cost = asObject(a['mlflow.llm.cost'])
  if (cost) takeCost(reading, cost['total_cost'], 'mlflow.llm.cost')
  const outputs = a['mlflow.spanOutputs']
  if (reading.values.kind === 'generation' && outputs !== undefined && outputs !== null) {
    const { model, responseId } = readAnswered(jsonOf(outputs))
    reading.take('model', model, 'mlflow.spanOutputs')
    reading.take('responseId', responseId, 'mlflow.spanOutputs')
  }
  readTrace(span, reading)
  const prompt = promptOf(span)
  reading.take('promptName', prompt?.name, 'mlflow.linkedPrompts')
  reading.take('promptVersion', prompt?.version, 'mlflow.linkedPrompts')
  const scores = scoresUnder('assessments.', span.attributes, scoreOf)
  if (scores.length > 0) reading.take('scores', scores, 'assessments')
}

/** What is said of the trace stands in `info` around its spans; over OTLP on the root span. */
function readTrace(span: RawSpan, reading: Reading<Facts>): void {
  const { info } = span.resource
  for (const [field, name] of [
    ['session', 'mlflow.trace.session'],
    ['user', 'mlflow.trace.user'],
    ['traceName', 'mlflow.traceName'],
    ['release', 'mlflow.modelId'],
    ['environment', 'environment'],
  ] as const) {
    const value =
      inside(info, 'trace_metadata', name) ??
      inside(info, 'request_metadata', name) ??
      inside(info, 'tags', name) ??
      (name.startsWith('mlflow.') ? span.attributes[name] : undefined)
    reading.take(field, label(value), name)
  }
}

/** Prompts are linked to the trace; one that is linked alone is the prompt of its calls. */
function promptOf(span: RawSpan): { name?: string; version?: string } | undefined {
  const own = asStructure(span.attributes['mlflow.linkedPrompts'])
  const list = own ?? asStructure(inside(span.resource['info'], 'tags', 'mlflow.linkedPrompts'))
  if (!isList(list) || list.length !== 1 || !isObject(list[0])) return undefined
  return present({ name: asLabel(list[0]['name']), version: asLabel(list[0]['version']) })
}

const sources: { readonly [type: string]: string | undefined } = {
  HUMAN: 'human',
  LLM_JUDGE: 'model',
  AI_JUDGE: 'model',
  CODE: 'code',
}

/** Feedback judges; an expectation says what should have come out, and is a label. */
function scoreOf(row: JsonObject): Score | undefined {
  const name = asLabel(row['assessment_name'] ?? row['name'])
  const said = isObject(row['feedback'])
    ? row['feedback']
    : isObject(row['expectation'])
      ? row['expectation']
      : undefined
  if (name === undefined || said === undefined) return undefined
  const error = isObject(said['error']) ? asLabel(first(said['error'], ['error_message', 'error_code'])) : undefined
  const value = said['value'] ?? inside(said['serialized_value'], 'value') ?? null
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : asLabel(value)
  const number = typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? asNumber(value) : undefined
  const verdict = present({
    value: number,
    label: typeof value === 'boolean' ? String(value) : number === undefined ? (text ?? error) : undefined,
  })
  if (!verdict) return undefined
  const type = asLabel(inside(row['source'], 'source_type'))
  return {
    name,
    ...verdict,
    ...present({
      explanation: asLabel(row['rationale']),
      source: type === undefined ? undefined : (sources[type] ?? type.toLowerCase()),
    }),
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const written = asObject(span.attributes['mlflow.chat.tokenUsage'])
  return written && usageIn(written, 'mlflow.chat.tokenUsage')
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  const inputs = jsonOf(a['mlflow.spanInputs'])
  const outputs = jsonOf(a['mlflow.spanOutputs'])
  reading.take('toolsOffered', readTools(a['mlflow.chat.tools']), 'mlflow.chat.tools')
  if (known.kind === 'generation') readCall(span, inputs, outputs, reading)
  if (known.kind === 'retrieval') {
    const query = isObject(inputs) ? first(inputs, ['query', 'question', 'input', 'text']) : inputs
    reading.take('query', typeof query === 'string' ? query : undefined, 'mlflow.spanInputs')
    const list = isObject(outputs) ? first(outputs, ['documents', 'output']) : outputs
    if (isList(list)) reading.take('documents', documentsOf(list), 'mlflow.spanOutputs')
  }
  if (known.kind === 'tool') {
    const name = label(a['mlflow.tool.name']) ?? known.toolName ?? span.name
    reading.take('tool', present({ name, arguments: inputs, result: outputs }), 'mlflow.spanInputs')
  }
  if (inputs !== undefined && inputs !== null) reading.take('input', inputs, 'mlflow.spanInputs')
  if (outputs !== undefined && outputs !== null) reading.take('output', outputs, 'mlflow.spanOutputs')
  if (span.parentId === undefined) {
    // Schema 2 keeps the trace's own texts beside its spans, whole.
    for (const [field, name] of [
      ['input', 'request'],
      ['output', 'response'],
    ] as const) {
      const value = jsonOf(span.resource[name])
      if (value !== undefined && value !== null) reading.take(field, value, `data.${name}`)
    }
  }
  reading.take('prompt', present({ name: known.promptName, version: known.promptVersion }), 'mlflow.linkedPrompts')
}

function jsonOf(value: Written): JsonValue | undefined {
  const text = asText(value)
  if (text === undefined) return asJson(value)
  return parseScalarJson(text) ?? text
}

function readCall(
  span: RawSpan,
  inputs: JsonValue | undefined,
  outputs: JsonValue | undefined,
  reading: Reading<Content>,
): void {
  takeAsked(reading, inputs, 'mlflow.spanInputs')
  takeAnswered(reading, outputs, 'mlflow.spanOutputs')
  // Older integrations wrote the whole conversation apart, the answer last.
  const all = readMessages(span.attributes['mlflow.chat.messages'], 'user')
  if (!all) return
  const asks = all.at(-1)?.role === 'assistant' ? all.slice(0, -1) : all
  takeMessages(reading, 'inputMessages', asks, 'mlflow.chat.messages')
  if (asks.length < all.length) reading.take('outputMessages', all.slice(-1), 'mlflow.chat.messages', -1)
}

export const mlflow: Convention = {
  id: 'mlflow',
  label: 'MLflow',
  precedence: 4,
  prefixes: ['mlflow.'],
  reads: [
    'mlflow.spanType',
    'mlflow.spanInputs',
    'mlflow.spanOutputs',
    'mlflow.chat.*',
    'mlflow.llm.*',
    'mlflow.linkedPrompts',
    'mlflow.trace.session',
    'mlflow.trace.user',
    'mlflow.traceName',
    'mlflow.tool.name',
    'assessments.*',
  ],
  keeps: [
    'mlflow.traceRequestId',
    'mlflow.experimentId',
    'mlflow.message.format',
    'mlflow.spanFunctionName',
    'mlflow.span*',
    'mlflow.trace*',
  ],
  around: {
    reads: ['info.trace_id', 'info.request_id', 'info.tags.environment', 'request', 'response'],
    keeps: [
      ...within('info', 'experiment_id trace_location request_time timestamp_ms execution_duration execution_time_ms'),
      ...within('info', 'state status request_preview response_preview client_request_id'),
      // Some of them are read (session, user, prompts); what else MLflow notes there says nothing more.
      ...words('info.trace_metadata.mlflow.* info.request_metadata.mlflow.* info.tags.mlflow.*'),
    ],
    opens: ['info', 'info.trace_metadata', 'info.request_metadata', 'info.tags'],
  },
  facts,
  content,
  usage,
  messages: ({ attributes: a }) => countExchange(a['mlflow.spanInputs'], a['mlflow.spanOutputs']),
}
