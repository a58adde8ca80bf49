// Rows of LangSmith runs, as its API, its SDKs' scripts and its ingestion know them, and the feedback said about them.
// https://docs.langchain.com/langsmith/run-data-format

import type { JsonObject } from '../domain/json.ts'
import type { Score } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { parseTime } from '../domain/times.ts'
import type { Content, Convention, Facts, Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { countExchange } from './exchange.ts'
import { readRunContent, readRunFacts, readRunUsage, type Run } from './langsmith-reading.ts'
import { words } from './names.ts'
import { readTools } from './tools.ts'
import { scoresUnder } from './scores.ts'
import type { WrittenUsage } from './usage.ts'
import {
  asJson,
  asLabel,
  asLabels,
  asNumber,
  asObject,
  asText,
  isDeferred,
  present,
  inside,
  type Written,
} from './values.ts'

const names = { type: 'run_type', inputs: 'inputs', outputs: 'outputs', metadata: 'extra.metadata' } as const

function runOf(span: RawSpan): Run {
  const a = span.attributes
  return {
    type: a['run_type'],
    inputs: open(a['inputs']),
    outputs: open(a['outputs']),
    metadata: name => inside(a['extra'], 'metadata', name),
    names,
  }
}

/** Scripts that write tables leave structures as JSON texts. */
function open(value: Written): Written {
  return typeof value === 'string' || isDeferred(value) ? (asObject(value) ?? value) : value
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  readRunFacts(runOf(span), reading)
  const params = inside(a['extra'], 'invocation_params')
  const model = asLabel(inside(params, 'model') ?? inside(params, 'model_name'))
  reading.take('requestModel', model, 'extra.invocation_params.model')
  reading.take('application', asLabel(a['session_name']), 'session_name')
  takeCost(reading, a['total_cost'], 'total_cost')
  takeCost(reading, inside(a['outputs'], 'usage_metadata', 'total_cost'), 'outputs.usage_metadata.total_cost')
  const tags = asLabels(a['tags'])
  if (tags && tags.length > 0) reading.take('tags', tags, 'tags')
  const first = parseTime(asText(a['first_token_time']) ?? firstToken(a['events']))?.ns
  if (first !== undefined && span.start !== undefined && first >= span.start) {
    reading.take('timeToFirstToken', first - span.start, 'first_token_time')
  }
  if (span.parentId === undefined && span.name !== '') reading.take('traceName', span.name, 'name', 1)
  const scores = scoresUnder('feedback.', span.attributes, scoreOf)
  if (scores.length > 0) reading.take('scores', scores, 'feedback')
}

/** Streamed runs note when each token came. */
function firstToken(events: Written): Written {
  if (!Array.isArray(events)) return undefined
  const event = (events as readonly Written[]).find(item => inside(item, 'name') === 'new_token')
  return inside(event, 'time')
}

const sources: { readonly [type: string]: string | undefined } = {
  app: 'human',
  model: 'model',
  auto_eval: 'model',
  api: 'api',
}

function scoreOf(row: JsonObject): Score | undefined {
  const name = asLabel(row['key'])
  const { score, value } = row
  const number = typeof score === 'boolean' ? Number(score) : asNumber(score)
  const label = typeof score === 'boolean' ? String(score) : asLabel(typeof value === 'object' ? undefined : value)
  const said = present({ value: number ?? (label === undefined ? asNumber(value) : undefined), label })
  if (name === undefined || !said) return undefined
  const type = asLabel(inside(row['feedback_source'], 'type'))
  return {
    name,
    ...said,
    ...present({
      explanation: asLabel(row['comment']),
      source: type === undefined ? undefined : (sources[type] ?? type),
    }),
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const said = readRunUsage(runOf(span))
  if (said) return said
  const input = a['prompt_tokens']
  const output = a['completion_tokens']
  if ((input ?? output ?? null) === null || (input === 0 && output === 0)) return undefined
  return {
    input,
    output,
    total: a['total_tokens'],
    cacheRead: inside(a['prompt_token_details'], 'cache_read'),
    cacheWrite: inside(a['prompt_token_details'], 'cache_creation'),
    reasoning: inside(a['completion_token_details'], 'reasoning'),
    from: 'prompt_tokens',
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  readRunContent(runOf(span), span.name, reading, known)
  const params = asObject(inside(a['extra'], 'invocation_params'))
  if (params) {
    const { tools, functions, model: _model, model_name: _name, ...rest } = params
    reading.take('toolsOffered', readTools(tools ?? functions), 'extra.invocation_params.tools')
    if (Object.keys(rest).length > 0) reading.take('parameters', rest, 'extra.invocation_params')
  }
  const metadata = asJson(inside(a['extra'], 'metadata'))
  if (typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)) {
    reading.take('metadata', metadata as JsonObject, 'extra.metadata')
  }
}

export const langsmithRuns: Convention = {
  id: 'langsmith-runs',
  label: 'LangSmith runs',
  precedence: 1,
  prefixes: [],
  reads: [
    ...words('id name run_type start_time end_time parent_run_id parent_run_ids trace_id dotted_order session_name'),
    ...words('extra.metadata extra.invocation_params'),
    ...words('inputs outputs error tags status first_token_time events total_cost prompt_tokens'),
    ...words('completion_tokens total_tokens prompt_token_details completion_token_details feedback.*'),
  ],
  keeps: [
    ...words(
      'session_id serialized feedback_stats reference_example_id *_cost *_cost_details child_run_ids child_runs',
    ),
    ...words('direct_child_run_ids manifest_id manifest_s3_id inputs_preview outputs_preview app_path attachments'),
    ...words('execution_order last_queued_at in_dataset trace_* price_model_id share_token s3_urls inputs_s3_urls'),
    // Where it ran: the SDK, the platform, the library's versions.
    'extra.runtime',
    ...words('outputs_s3_urls inputs_or_signed_url outputs_or_signed_url reference_dataset_id is_root thread_id'),
  ],
  opens: ['extra'],
  facts,
  content,
  usage,
  messages: ({ attributes: a }) => countExchange(a['inputs'], a['outputs']),
}
