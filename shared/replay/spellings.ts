import { parseJson } from '../conventions/json-text.ts'
import { asWord, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Concept, ToolChoice } from './dialects/dialect.ts'

// What recorders and providers call the same thing.

const spellings: { readonly [concept in Concept]: readonly string[] } = {
  temperature: ['temperature'],
  topP: ['top_p', 'topP'],
  topK: ['top_k', 'topK'],
  maxTokens: [
    'max_tokens',
    'max_completion_tokens',
    'max_output_tokens',
    'maxTokens',
    'maxOutputTokens',
    'maxCompletionTokens',
    'num_predict',
    'max_new_tokens',
  ],
  stop: ['stop', 'stop_sequences', 'stopSequences'],
  seed: ['seed', 'random_seed'],
  frequencyPenalty: ['frequency_penalty', 'frequencyPenalty'],
  presencePenalty: ['presence_penalty', 'presencePenalty'],
  count: ['n', 'choice.count', 'candidateCount', 'candidate_count'],
  parallelTools: ['parallel_tool_calls', 'parallelToolCalls'],
  user: ['user', 'endUser'],
  serviceTier: ['service_tier', 'serviceTier'],
}

const concepts = new Map<string, Concept>()
for (const [concept, names] of Object.entries(spellings))
  for (const name of names) concepts.set(name, concept as Concept)

export function conceptOf(name: string): Concept | undefined {
  return concepts.get(name)
}

/** What is said to an SDK, a framework or a gateway and no field of a request: times to wait, addresses, keys. */
const options = new Set([
  '_type',
  'api_base',
  'api_key',
  'api_type',
  'api_version',
  'azure_ad_token',
  'azure_deployment',
  'azure_endpoint',
  'base_url',
  'baseURL',
  'cache_key',
  'cached_content_ttl',
  'client',
  'context_window',
  'custom_llm_provider',
  'default_headers',
  'encoding_formats',
  'extra_headers',
  'extra_query',
  'finishReason',
  'headers',
  'http_options',
  'is_chat_model',
  'is_function_calling_model',
  'is_streaming',
  'litellm_params',
  'maxRetries',
  'max_retries',
  'model_id',
  'model_info',
  'model_kwargs',
  'model_name',
  'n_retries',
  'num_output',
  'num_retries',
  'openai_api_base',
  'openai_api_key',
  'organization',
  'project',
  'proxy',
  'request_timeout',
  'retries',
  'streaming',
  'system_role',
  'timeout',
  'use_cache',
  'verbose',
])

/** Whether this is said to who sends the request rather than in it. */
export function isOption(name: string): boolean {
  return (
    options.has(name) ||
    name.startsWith('ls_') ||
    name.startsWith('lc_') ||
    /api_?key|secret|password|authorization/i.test(name)
  )
}

const choiceNames = ['tool_choice', 'toolChoice', 'toolConfig', 'tool_config'] as const

/** How tools were to be chosen, in whatever words; the name under which it was found. */
export function findToolChoice(
  parameters: JsonObject,
): { readonly from: string; readonly choice: ToolChoice | undefined } | undefined {
  const from = choiceNames.find(name => parameters[name] !== undefined && parameters[name] !== null)
  return from === undefined ? undefined : { from, choice: readToolChoice(parameters[from]!) }
}

function readToolChoice(written: JsonValue): ToolChoice | undefined {
  const value = typeof written === 'string' ? (parseJson(written) ?? written) : written
  if (typeof value === 'string') return readMode(value)
  if (!isObject(value)) return undefined
  const config = value['functionCallingConfig'] ?? value['function_calling_config']
  if (isObject(config)) {
    const names = config['allowedFunctionNames'] ?? config['allowed_function_names']
    const only = Array.isArray(names) && names.length === 1 && typeof names[0] === 'string' ? names[0] : undefined
    if (only !== undefined) return { type: 'tool', name: only }
    return Array.isArray(names) && names.length > 0 ? undefined : readMode(asWord(config['mode']) ?? '')
  }
  const inner = isObject(value['function']) ? value['function'] : value
  const name = asWord(inner['name']) ?? asWord(value['toolName'])
  const type = asWord(value['type']) ?? ''
  // That no two tools may be called at once is said elsewhere by others.
  if (value['disable_parallel_tool_use'] === true) return undefined
  return name !== undefined && /^(?:function|tool)$/.test(type) ? { type: 'tool', name } : readMode(type)
}

function readMode(mode: string): ToolChoice | undefined {
  switch (mode.toLowerCase()) {
    case 'auto':
      return { type: 'auto' }
    case 'none':
      return { type: 'none' }
    case 'any':
    case 'required':
      return { type: 'required' }
    default:
      return undefined
  }
}
