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
/** Who asked, and not what: no sentence. */
const isWho: Test = value => isId(value) && !/\S\s+\S+\s+\S+\s+\S|[?!]\s*$/.test(String(value))
/** Three words and more, or a long one where words are not spaced. */
const isSpeech: Test = value =>
  isText(value) && (/\S\s+\S+\s+\S/.test(value as string) || (value as string).length >= 60)
const isSpoken: Test = value => isSpeech(value) || isMessages(value)
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
  /** The last keys of a path joined, in words with `_` between; the first is the surest. */
  readonly names: readonly string[]
  readonly test: Test
}

function rule(role: MappedRole, test: Test, names: string): Rule {
  return { role, test, names: words(names) }
}

/** In the order in which roles take their fields: what is told surest comes first. */
const rules: readonly Rule[] = [
  rule('traceId', isId, 'trace_id trace traceid run_id correlation_id request_id req_id requestid correlation'),
  rule('parentId', isId, 'parent_span_id parent_id parent_run_id parent'),
  rule('spanId', isId, 'span_id spanid call_id generation_id event_id log_id message_id uuid id'),
  rule(
    'session',
    isWho,
    'session_id conversation_id thread_id chat_id conv_id session sess_id sess sid dialog_id dialogue_id conversation convo conv thread chat dialog dialogue',
  ),
  rule('promptName', isLabel, 'prompt_name template_name prompt_template_name prompt_id template'),
  rule('promptVersion', isLabel, 'prompt_version template_version'),
  rule(
    'inputTokens',
    isCount,
    'input_tokens prompt_tokens tokens_in in_tokens input_token_count prompt_token_count tokens_prompt tokens_input num_input_tokens n_prompt_tokens input_tokens_used prompt_tokens_used input_token prompt_token usage_in usage_input usage_prompt tokens_in_count tok_in in_tok toks_in in_toks input_tok input_toks prompt_tok prompt_toks token_in token_input token_prompt n_in n_input n_prompt in',
  ),
  rule(
    'outputTokens',
    isCount,
    'output_tokens completion_tokens tokens_out out_tokens output_token_count completion_token_count candidates_token_count tokens_completion tokens_output num_output_tokens n_completion_tokens output_tokens_used completion_tokens_used output_token completion_token response_tokens generated_tokens usage_out usage_output usage_completion tokens_out_count tok_out out_tok toks_out out_toks output_tok output_toks completion_tok completion_toks token_out token_output token_completion n_out n_output n_completion out',
  ),
  rule(
    'totalTokens',
    isCount,
    'total_tokens tokens_total token_count total_token_count num_tokens tokens_used tokens usage_total total_toks total_tok tok_total toks tok',
  ),
  rule('cacheReadTokens', isCount, 'cache_read_tokens cached_tokens cache_read_input_tokens cached_input_tokens'),
  rule('reasoningTokens', isCount, 'reasoning_tokens thinking_tokens thoughts_token_count'),
  rule(
    'cost',
    isNumber,
    'cost_usd cost total_cost usd cost_dollars price spend amount_usd usd_cost price_usd spend_usd call_cost',
  ),
  rule(
    'model',
    isModel,
    'model model_name model_id llm_model response_model model_used used_model llm_name modelname modelid model_version engine deployment deployment_name llm',
  ),
  rule('provider', isLabel, 'provider model_provider llm_provider vendor'),
  rule(
    'startTime',
    isTime,
    'start_time started_at start timestamp ts time created_at created request_time logged_at date datetime when at begin begin_time started sent_at requested_at received_at event_time time_stamp tstamp t',
  ),
  rule(
    'endTime',
    isTime,
    'end_time ended_at finished_at completed_at end responded_at answered_at finished ended t_end',
  ),
  rule('error', value => value !== null && value !== '', 'error_message error error_msg exception err failure'),
  rule('status', isStatus, 'status status_code http_status outcome success succeeded ok state'),
  rule('system', isSaid, 'system_prompt system_message system_msg system_text sys_prompt system instructions'),
  rule(
    'input',
    isSaid,
    'messages input_messages prompt user_prompt user_message user_input question query input inputs text_input input_text prompt_text question_text query_text user_text user_msg user_query user_question customer_message customer_msg incoming_message incoming instruction utterance ask asked request msgs',
  ),
  rule(
    'output',
    isSaid,
    'choices completion response_text llm_response model_output output_messages answer reply response output outputs generated_text generation assistant_message assistant_msg assistant_reply output_text answer_text reply_text completion_text generated bot_reply bot_response bot_message bot_answer llm_reply llm_output llm_answer ai_response ai_reply ai_answer ai_message model_response response_body ans resp outgoing_message outgoing assistant result content res_text resp_text',
  ),
  rule(
    'kind',
    value => typeof value === 'string' && kindOf(value) !== undefined,
    'span_kind span_type kind run_type type event_type',
  ),
  rule('name', isLabel, 'name span_name operation_name operation task action step function endpoint route event title'),
  rule(
    'user',
    isWho,
    'user_id user_id_hash user uid usr customer_id account_id username user_name user_email email userid usr_id end_user caller customer who',
  ),
  rule('tenant', isId, 'tenant_id tenant organization_id org_id workspace_id organization org workspace company_id'),
  rule('team', isLabel, 'team team_id team_name squad'),
  rule('environment', isLabel, 'environment env deployment_environment stage'),
  rule('release', isLabel, 'release app_version service_version version build commit git_sha'),
  rule('application', isLabel, 'application app service_name service app_name project_name project'),
  rule('feature', isLabel, 'feature feature_name use_case usecase workflow'),
  rule('tags', isList, 'tags labels'),
]

/** Names that say as much only where what stands there is said by somebody: asked after all others. */
const spoken: readonly Rule[] = [
  rule('input', isSpoken, 'conversation chat history dialog dialogue transcript human user said text in'),
  rule('output', isSpoken, 'bot ai text out'),
]

const duration =
  /^(?:total_)?(?:duration|dur|latency|lat|elapsed|elapsed_time|response_time|processing_time|time_taken|took|runtime|time|call|response|request)(?:_(s|secs?|seconds|ms|millis|milliseconds|us|micros|microseconds|ns|nanos|nanoseconds))?$/

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
  /** Its last key, the last two, and all of them, in words. */
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
      // A key that begins with NUL is a reference: of another text in every record.
      if (key === '' || key.length > 200 || key.charCodeAt(0) === 0) continue
      const value = object[key]
      const path = before + key
      const all = [...keys, wordsOf(key)]
      let field = this.byPath.get(path)
      if (!field) {
        if (this.byPath.size >= mostPaths) continue
        const names = [...new Set([all.at(-1)!, all.slice(-2).join('_'), all.join('_')])]
        field = { path, depth, names, rows: 0, values: [] }
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

  get paths(): string[] {
    return [...this.byPath.keys()]
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
    for (const { role, names, test } of [...rules, ...spoken]) {
      if (fields[role] !== undefined) continue
      const found = this.best(taken, field => rank(field, names), test)
      if (!found) continue
      taken.add(found)
      fields[role] = found.path
    }
    const model = fields.model === undefined ? this.best(taken, () => 0, isModelName) : undefined
    if (model) {
      taken.add(model)
      fields.model = model.path
    }
    const time = fields.startTime === undefined ? this.only(taken, isMoment) : undefined
    if (time) {
      taken.add(time)
      fields.startTime = time.path
    }
    if (fields.model ?? fields.inputTokens ?? fields.outputTokens) this.guessTexts(fields, taken)
    const length = this.best(taken, field => (field.names.some(name => duration.test(name)) ? 0 : undefined), isNumber)
    if (!length) return { fields }
    return { fields: { ...fields, duration: length.path }, durationUnit: unitOf(length) }
  }

  /** Of a call, what is asked stands before what is answered, whatever the two are called. */
  private guessTexts(fields: { [role in MappedRole]?: string }, taken: ReadonlySet<Field>): void {
    const { input, output } = fields
    if (input !== undefined && output !== undefined) return
    const texts = [...this.byPath.values()].filter(field => !taken.has(field) && isTalk(field))
    const [first, second, third] = texts
    if (!first || third || (second && (input ?? output) !== undefined)) return
    if (input === undefined) fields.input = first.path
    if (second) fields.output = second.path
    else if (input !== undefined) fields.output = first.path
  }

  private only(taken: ReadonlySet<Field>, test: Test): Field | undefined {
    const fit = [...this.byPath.values()].filter(
      field => !taken.has(field) && field.values.length > 0 && field.values.every(test),
    )
    return fit.length === 1 ? fit[0] : undefined
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

/** A day and a time of day, spelled out: a number may be anything. */
const isMoment: Test = value =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) && isTime(value)

/** Fields that hold sentences of others than the two who talk. */
const notTalk =
  /(?:^|_)(?:msg|message|event|log|note|notes|comment|description|summary|title|name|url|path|error|exception|reason|version|agent|id|key|hash|context|documents?|chunks?|sources?|tools?|json|sql|template)$/

/** Sentences, of which most rows have their own: a log's message is the same in each. */
function isTalk({ names, values }: Field): boolean {
  if (values.length === 0 || names.some(name => notTalk.test(name))) return false
  if (values.filter(isSpeech).length * 2 < values.length || !values.every(value => typeof value === 'string'))
    return false
  return new Set(values).size * 2 > values.length
}

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
