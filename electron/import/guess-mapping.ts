// What the fields of unknown rows mean, guessed from names and values.

import { kindOf } from '../../shared/conventions/kinds.ts'
import { words } from '../../shared/conventions/names.ts'
import {
  deepestPath,
  type DurationUnit,
  type FieldMapping,
  type FieldSample,
  type MappedRole,
} from '../../shared/domain/mapping.ts'
import { parseTime } from '../../shared/domain/times.ts'
import { isObject, type Fields } from './formats/values.ts'

type Test = (value: unknown) => boolean

const isText: Test = value => typeof value === 'string' && value.trim() !== ''
const isLabel: Test = value => (isText(value) && (value as string).length <= 300) || typeof value === 'number'
const isId: Test = value => (isText(value) && (value as string).length <= 200) || Number.isSafeInteger(value)
const isCount: Test = value => numberOf(value) >= 0 && Number.isInteger(numberOf(value))
const isNumber: Test = value => numberOf(value) >= 0
const isTime: Test = value => parseTime(value) !== undefined && !(numberOf(value) < 1e8)
const isMessages: Test = value =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(item => isObject(item) && ('role' in item || 'message' in item))
const isSaid: Test = value => isText(value) || isMessages(value) || isObject(value) || Array.isArray(value)
const isModel: Test = value => isText(value) && (value as string).length <= 200
const isStatus: Test = value =>
  typeof value === 'boolean' ||
  (isText(value) && (value as string).length <= 40) ||
  (isCount(value) && numberOf(value) < 600)
const isList: Test = value => Array.isArray(value) || isText(value)

const modelNames =
  /^(?:[\w.-]+[/:])?(?:gpt-|o[134](?:-|$)|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|codestral|qwen|deepseek|command-|text-embedding|phi-|grok|nova|sonar|kimi|glm-|(?:anthropic|meta|amazon|cohere)\.)/i

interface Rule {
  readonly role: MappedRole
  /** The last key of a path, or all of them joined, in words with `_` between; the first is the surest. */
  readonly names: readonly string[]
  readonly test: Test
}

/** In the order in which roles take their fields: what is told surest comes first. */
const rules: readonly Rule[] = [
  { role: 'traceId', names: words('trace_id trace traceid run_id correlation_id request_id req_id'), test: isId },
  { role: 'parentId', names: words('parent_span_id parent_id parent_run_id parent'), test: isId },
  {
    role: 'spanId',
    names: words('span_id spanid call_id generation_id event_id log_id message_id uuid id'),
    test: isId,
  },
  { role: 'session', names: words('session_id conversation_id thread_id chat_id session dialog_id'), test: isId },
  {
    role: 'promptName',
    names: words('prompt_name template_name prompt_template_name prompt_id template'),
    test: isLabel,
  },
  { role: 'promptVersion', names: words('prompt_version template_version'), test: isLabel },
  {
    role: 'inputTokens',
    names: words(
      'input_tokens prompt_tokens tokens_in in_tokens input_token_count prompt_token_count tokens_prompt tokens_input num_input_tokens n_prompt_tokens',
    ),
    test: isCount,
  },
  {
    role: 'outputTokens',
    names: words(
      'output_tokens completion_tokens tokens_out out_tokens output_token_count completion_token_count candidates_token_count tokens_completion tokens_output num_output_tokens n_completion_tokens',
    ),
    test: isCount,
  },
  {
    role: 'totalTokens',
    names: words('total_tokens tokens_total token_count total_token_count num_tokens tokens_used tokens'),
    test: isCount,
  },
  {
    role: 'cacheReadTokens',
    names: words('cache_read_tokens cached_tokens cache_read_input_tokens cached_input_tokens'),
    test: isCount,
  },
  { role: 'reasoningTokens', names: words('reasoning_tokens thinking_tokens thoughts_token_count'), test: isCount },
  { role: 'cost', names: words('cost_usd cost total_cost usd cost_dollars price spend amount_usd'), test: isNumber },
  {
    role: 'model',
    names: words('model model_name model_id llm_model response_model engine deployment llm'),
    test: isModel,
  },
  { role: 'provider', names: words('provider model_provider llm_provider vendor'), test: isLabel },
  {
    role: 'startTime',
    names: words(
      'start_time started_at start timestamp ts time created_at created request_time logged_at date datetime when',
    ),
    test: isTime,
  },
  { role: 'endTime', names: words('end_time ended_at finished_at completed_at end'), test: isTime },
  {
    role: 'error',
    names: words('error_message error error_msg exception err failure'),
    test: value => value !== null && value !== '',
  },
  { role: 'status', names: words('status status_code http_status outcome success succeeded ok state'), test: isStatus },
  { role: 'system', names: words('system_prompt system_message system instructions'), test: isSaid },
  {
    role: 'input',
    names: words(
      'messages input_messages prompt user_prompt user_message user_input question query input inputs text_input instruction utterance request',
    ),
    test: isSaid,
  },
  {
    role: 'output',
    names: words(
      'choices completion response_text llm_response model_output output_messages answer reply response output outputs generated_text generation assistant_message assistant result content',
    ),
    test: isSaid,
  },
  {
    role: 'kind',
    names: words('span_kind span_type kind run_type type event_type'),
    test: value => typeof value === 'string' && kindOf(value) !== undefined,
  },
  {
    role: 'name',
    names: words('name span_name operation_name operation task action step function endpoint route event title'),
    test: isLabel,
  },
  { role: 'user', names: words('user_id user_id_hash user uid customer_id account_id username user_name'), test: isId },
  { role: 'tenant', names: words('tenant_id tenant organization_id org_id workspace_id organization org'), test: isId },
  { role: 'environment', names: words('environment env deployment_environment stage'), test: isLabel },
  { role: 'release', names: words('release app_version service_version version build commit git_sha'), test: isLabel },
  {
    role: 'application',
    names: words('application app service_name service app_name project_name project'),
    test: isLabel,
  },
  { role: 'feature', names: words('feature feature_name use_case usecase workflow'), test: isLabel },
  { role: 'tags', names: words('tags labels'), test: isList },
]

const duration =
  /^(?:total_)?(?:duration|latency|elapsed|elapsed_time|response_time|processing_time|time_taken|took|runtime|time)(?:_(s|secs?|seconds|ms|millis|milliseconds|us|micros|microseconds|ns|nanos|nanoseconds))?$/

const units: { readonly [word: string]: DurationUnit | undefined } = {
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  ms: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
  us: 'us',
  micros: 'us',
  microseconds: 'us',
  ns: 'ns',
  nanos: 'ns',
  nanoseconds: 'ns',
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
}

/** `promptTokens`, `prompt-tokens` and `Prompt Tokens` are `prompt_tokens`. */
function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
}

/** Different paths, and values of one, that are looked at. */
const mostPaths = 500
const mostValues = 50
const mostExamples = 3

interface Field {
  readonly path: string
  readonly depth: number
  /** Its last key, and all of them, in words. */
  readonly names: readonly string[]
  rows: number
  readonly values: unknown[]
}

/** The fields of some rows, with values of each; objects are fields too, and what stands in them down to the fourth level. */
export class FieldTable {
  private readonly byPath = new Map<string, Field>()
  rows = 0

  add(row: Fields): void {
    this.rows++
    this.walk(row, '', [], 1)
  }

  private walk(object: Fields, before: string, keys: readonly string[], depth: number): void {
    for (const key of Object.keys(object)) {
      if (key === '' || key.length > 200) continue
      const value = object[key]
      const path = before + key
      const all = [...keys, wordsOf(key)]
      let field = this.byPath.get(path)
      if (!field) {
        if (this.byPath.size >= mostPaths) continue
        field = { path, depth, names: [...new Set([all.at(-1)!, all.join('_')])], rows: 0, values: [] }
        this.byPath.set(path, field)
      }
      if (value === null || value === undefined) continue
      field.rows++
      if (field.values.length < mostValues) field.values.push(value)
      if (depth < deepestPath && isObject(value)) this.walk(value, `${path}.`, all, depth + 1)
    }
  }

  /** The commonest first, as a person sees them. */
  get samples(): FieldSample[] {
    const fields = [...this.byPath.values()].filter(({ rows, values }) => rows > 0 && !values.every(isObject))
    return fields
      .sort((a, b) => b.rows - a.rows)
      .map(({ path, rows, values }) => ({
        path,
        rows,
        examples: [...new Set(values.map(quote))].slice(0, mostExamples),
      }))
  }

  /** What identifies rows of one writer: the paths that at least half of them have. */
  get commonPaths(): string[] {
    const common = [...this.byPath.values()].filter(({ rows }) => rows * 2 >= this.rows)
    return common.map(({ path }) => path).sort()
  }

  has(path: string): boolean {
    return this.byPath.has(path)
  }

  allAre(path: string, test: Test): boolean {
    const values = this.byPath.get(path)?.values ?? []
    return values.length > 0 && values.every(test)
  }

  guess(): FieldMapping {
    const taken = new Set<Field>()
    const fields: { [role in MappedRole]?: string } = {}
    for (const { role, names, test } of rules) {
      const found = this.best(taken, field => rank(field, names), test)
      if (!found) continue
      taken.add(found)
      fields[role] = found.path
    }
    const model = fields.model === undefined ? this.best(taken, () => 0, isModelName) : undefined
    if (model) fields.model = model.path
    const length = this.best(taken, field => (field.names.some(name => duration.test(name)) ? 0 : undefined), isNumber)
    if (!length) return { fields }
    return { fields: { ...fields, duration: length.path }, durationUnit: unitOf(length) }
  }

  private best(taken: ReadonlySet<Field>, rankOf: (field: Field) => number | undefined, test: Test): Field | undefined {
    let best: { field: Field; score: number } | undefined
    for (const field of this.byPath.values()) {
      if (taken.has(field) || field.values.length === 0) continue
      const place = rankOf(field)
      if (place === undefined) continue
      if (field.values.filter(test).length * 5 < field.values.length * 4) continue
      // Of equal names the one that most rows have, then the one least deep.
      const score = place * 100 - (field.rows / this.rows) * 50 + field.depth
      if (!best || score < best.score) best = { field, score }
    }
    return best?.field
  }
}

const isModelName: Test = value => isText(value) && (value as string).length <= 100 && modelNames.test(value as string)

function rank({ names }: Field, wanted: readonly string[]): number | undefined {
  const places = names.map(name => wanted.indexOf(name)).filter(place => place >= 0)
  return places.length === 0 ? undefined : Math.min(...places)
}

/** By its name; else fractions below a thousand are seconds. */
function unitOf({ names, values }: Field): DurationUnit {
  for (const name of names) {
    const unit = units[duration.exec(name)?.[1] ?? '']
    if (unit !== undefined) return unit
  }
  const numbers = values.map(numberOf)
  const isFraction = numbers.some(value => !Number.isInteger(value)) && numbers.every(value => value < 1000)
  return isFraction ? 's' : 'ms'
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text
}

/** Whether such rows tell of calls at all: a package.json or an error message does not. */
export function tellsOfCalls({ fields }: FieldMapping, table: FieldTable): boolean {
  if (fields.model ?? fields.inputTokens ?? fields.outputTokens ?? fields.totalTokens) return true
  if (fields.input !== undefined && (fields.output !== undefined || table.allAre(fields.input, isMessages))) return true
  return fields.startTime !== undefined && (fields.traceId ?? fields.spanId) !== undefined
}
