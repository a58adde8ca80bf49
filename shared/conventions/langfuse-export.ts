// Rows of a Langfuse export, in the camelCase of its API and downloads and the snake_case of its tables.
// https://langfuse.com/docs/api-and-data-platform/features/export-from-ui

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Score } from '../domain/message.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { usageOfBuckets } from './buckets.ts'
import type { Content, Convention, Facts, Reading } from './convention.ts'
import { takeSaid, readCost } from './cost.ts'
import {
  countLangfuseMessages,
  readLangfuseContent,
  readLangfuseFacts,
  readLangfuseUsage,
  unlessZero,
  unwrap,
  type LangfuseNames,
} from './langfuse-reading.ts'
import { words, within } from './names.ts'
import { first } from './parts.ts'
import { readTool } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { asLabel, asLabels, asNumber, asObject, isDeferred, isObject, present, toJson, type Written } from './values.ts'

const names: LangfuseNames = {
  type: ['type'],
  input: ['input'],
  output: ['output'],
  level: ['level'],
  statusMessage: ['statusMessage', 'status_message'],
  model: ['model', 'providedModelName', 'provided_model_name', 'modelName'],
  parameters: ['modelParameters', 'model_parameters'],
  usage: ['usageDetails', 'usage_details'],
  cost: ['costDetails', 'cost_details', 'providedCostDetails', 'provided_cost_details'],
  firstToken: ['completionStartTime', 'completion_start_time'],
  promptName: ['promptName', 'prompt_name'],
  promptVersion: ['promptVersion', 'prompt_version'],
}

/** What a row says of its trace, and the same in the trace's own record. */
const ofTrace = [
  ['traceName', ['traceName', 'trace_name'], ['name']],
  ['user', ['userId', 'user_id'], ['userId', 'user_id']],
  ['session', ['sessionId', 'session_id'], ['sessionId', 'session_id']],
  ['environment', ['environment'], ['environment']],
  ['release', ['release', 'version'], ['release', 'version']],
] as const

const costs = ['totalCost', 'total_cost', 'calculatedTotalCost', 'calculated_total_cost'] as const

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  readLangfuseFacts(span, names, reading)
  for (const name of costs) takeSaid(reading, unlessZero(readCost(a[name])), name)
  const older = asObject(a['usage'])
  if (older) takeSaid(reading, unlessZero(readCost(older['totalCost'])), 'usage')
  const seconds = asNumber(a['timeToFirstToken'] ?? a['time_to_first_token'])
  if (seconds !== undefined && seconds >= 0 && seconds < 1e6) {
    reading.take('timeToFirstToken', BigInt(Math.round(seconds * 1e9)), 'timeToFirstToken')
  }
  const trace = traceOf(span)
  for (const [field, own, inTrace] of ofTrace) {
    for (const name of own) reading.take(field, asLabel(a[name]), name)
    for (const name of inTrace) reading.take(field, asLabel(trace?.[name]), `trace ${name}`)
  }
  const tags = asLabels(trace?.['tags'] ?? a['tags'])
  if (tags && tags.length > 0) reading.take('tags', tags, 'trace tags')
  // Free names, but these are words of the trade.
  for (const metadata of [a['metadata'], trace?.['metadata']]) {
    if (typeof metadata !== 'object' || metadata === null || isDeferred(metadata)) continue
    const said = metadata as Attributes
    reading.take('tenant', asLabel(said['tenant'] ?? said['tenant_id']), 'metadata')
    reading.take('team', asLabel(said['team'] ?? said['team_id']), 'metadata')
    reading.take('feature', asLabel(said['feature']), 'metadata')
  }
  readScores(a, reading)
}

/** The trace's record stands around its observations, or alone on the span that stands for it. */
function traceOf(span: RawSpan): Attributes | undefined {
  const found = span.resource['trace'] ?? span.attributes['trace']
  return typeof found === 'object' && found !== null && !Array.isArray(found) && !isDeferred(found)
    ? (found as Attributes)
    : undefined
}

function readScores(attributes: Attributes, reading: Reading<Facts>): void {
  const scores: Score[] = []
  for (const name in attributes) {
    if (!name.startsWith('scores.')) continue
    const row = asObject(attributes[name])
    const score = readScore(row)
    if (score) scores.push(score)
    // A whole session may be judged.
    reading.take('session', asLabel(row?.['sessionId'] ?? row?.['session_id']), name)
  }
  if (scores.length > 0) reading.take('scores', scores, 'scores')
}

const sources: { readonly [word: string]: string | undefined } = { EVAL: 'model', ANNOTATION: 'human', API: 'api' }

/** The word of a category is beside its value, or, as it is sent, the value itself. */
function readScore(row: JsonObject | undefined): Score | undefined {
  const name = asLabel(row?.['name'])
  if (!row || name === undefined) return undefined
  const type = asLabel(first(row, ['dataType', 'data_type']))?.toUpperCase()
  const word = asLabel(first(row, ['stringValue', 'string_value', 'longStringValue', 'long_string_value']))
  const value = typeof row['value'] === 'boolean' ? Number(row['value']) : asNumber(row['value'])
  const label = word ?? (value === undefined ? asLabel(row['value']) : undefined)
  const flag = type === 'BOOLEAN' && label === undefined && value !== undefined ? String(value !== 0) : label
  const source = asLabel(row['source'])
  const said = present({
    value: type === 'CATEGORICAL' && flag !== undefined ? undefined : value,
    label: flag,
  })
  if (!said) return undefined
  return {
    name,
    ...said,
    ...present({
      explanation: asLabel(row['comment']),
      source: source === undefined ? undefined : (sources[source.toUpperCase()] ?? source.toLowerCase()),
    }),
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const own = readLangfuseUsage(span, names) ?? olderUsage(a)
  // Langfuse counts tokens itself where its fields found none. What the producer said of the same call is surer.
  const hasParts = own !== undefined && (own.cacheRead ?? own.cacheWrite ?? own.reasoning) !== undefined
  return own !== undefined && !hasParts && saysUsage(a) ? undefined : own
}

const inside = /^(?:ai\.usage|gen_ai\.usage|llm\.token_count|llm\.usage|mlflow\.chat\.tokenUsage)/

function saysUsage(attributes: Attributes): boolean {
  for (const name in attributes) if (inside.test(name)) return true
  return false
}

function olderUsage(a: Attributes): WrittenUsage | undefined {
  const written = asObject(a['usage'])
  const unit = asLabel(written?.['unit'])
  if (written && (unit === undefined || unit === 'TOKENS')) {
    const read = usageOfBuckets(written, 'usage')
    if (read) return read
  }
  const input = counted(a['promptTokens'])
  const output = counted(a['completionTokens'])
  if (input === undefined && output === undefined) return undefined
  return { input, output, total: counted(a['totalTokens']), from: 'promptTokens' }
}

/** The older API wrote zeros where nothing was counted. */
function counted(value: Written): Written {
  return value === 0 || value === null ? undefined : value
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  readLangfuseContent(span, names, reading, known)
  reading.take('toolsOffered', readDefinitions(a['toolDefinitions'] ?? a['tool_definitions']), 'toolDefinitions')
  const metadata = unwrap(a['metadata'])
  if (isObject(metadata) && Object.keys(metadata).length > 0) reading.take('metadata', metadata, 'metadata')
  if (known.kind === 'generation') return
  const trace = traceOf(span)
  for (const field of ['input', 'output'] as const) {
    const value = trace?.[field]
    if (value !== undefined && value !== null) reading.take(field, unwrap(value), `trace ${field}`, 1)
  }
}

/** A dictionary of definitions, each a JSON text, by name. */
function readDefinitions(written: Written): Content['toolsOffered'] {
  const value: JsonValue = toJson(written ?? null)
  const list = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  const tools = list.flatMap(item => readTool(item))
  return tools.length > 0 ? tools : undefined
}

export const langfuseExport: Convention = {
  id: 'langfuse-export',
  label: 'Langfuse export',
  precedence: 1,
  prefixes: [],
  reads: [
    ...Object.values(names).flat(),
    ...ofTrace.flatMap(([, own]) => own),
    ...costs,
    ...words('id traceId trace_id parentObservationId parent_observation_id name startTime start_time endTime'),
    ...words('end_time usage promptTokens completionTokens totalTokens timeToFirstToken time_to_first_token'),
    ...words('toolDefinitions tool_definitions tags metadata trace scores.*'),
  ],
  keeps: [
    ...words('projectId project_id createdAt created_at updatedAt updated_at latency promptId prompt_id'),
    ...words('internalModelId internal_model_id internalModel model_id modelId unit inputCost input_cost'),
    ...words('outputCost output_cost inputUsage outputUsage totalUsage inputPrice outputPrice totalPrice'),
    ...words('calculatedInputCost calculatedOutputCost usagePricingTier* usage_pricing_tier* toolCalls'),
    ...words('tool_calls toolCallNames tool_call_names'),
  ],
  around: {
    reads: [...ofTrace.flatMap(([, , inTrace]) => inTrace), ...costs]
      .map(name => `trace.${name}`)
      .concat(within('trace', 'id tags metadata input output scores')),
    keeps: [
      ...within('trace', 'timestamp projectId project_id createdAt created_at updatedAt updated_at externalId public'),
      ...within('trace', 'bookmarked htmlPath html_path latency'),
    ],
    opens: ['trace'],
  },
  facts,
  content,
  usage,
  messages: span => countLangfuseMessages(span, names),
}
