// LiteLLM: what its callbacks log (StandardLoggingPayload) and its table of spending (SpendLogs).
// https://docs.litellm.ai/docs/proxy/logging_spec. Counts are OpenAI's: whatever the provider, input holds the cache.

import type { SpanKind } from '../domain/kind.ts'
import type { JsonObject } from '../domain/json.ts'
import type { AttributeValue, Attributes, RawSpan } from '../domain/raw-span.ts'
import { parseTime } from '../domain/times.ts'
import { isBody, labelOf, listIn, objectIn, oneOf, wordIn, type Body } from './bodies/fields.ts'
import { responseApi } from './bodies/index.ts'
import { chatUsage } from './bodies/openai-chat.ts'
import { inclusive } from './bodies/provider-api.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { readMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import { readTools } from './tools.ts'
import { countNumbers, type WrittenUsage } from './usage.ts'
import { asBoolean, asLabels, asObject, isObject, present, toJson, type Written } from './values.ts'

/** `acompletion`, `aembedding` …: the leading `a` says only that it was awaited. */
function kindOfCall(type: string): SpanKind {
  if (/embedding/.test(type)) return 'embedding'
  if (/rerank/.test(type)) return 'reranker'
  if (/search/.test(type)) return 'retrieval'
  if (/moderation/.test(type)) return 'guardrail'
  return /completion|responses|messages|generate_content|chat/.test(type) ? 'generation' : 'other'
}

/** A structure, or the JSON text that the table of spending keeps it as. */
function structureIn(a: Attributes, name: string): Body | undefined {
  const value = a[name]
  return isBody(value) ? value : asObject(value)
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const metadata = structureIn(a, 'metadata')
  const response = structureIn(a, 'response')
  const type = wordIn(a, 'call_type')
  reading.take('kind', kindOfCall(type ?? ''), 'call_type', kindRank.explicit)
  reading.take('operation', type, 'call_type')
  reading.take('model', wordIn(response, 'model') ?? wordIn(a, 'model'), response ? 'response.model' : 'model')
  reading.take('requestModel', wordIn(a, 'model_group') ?? wordIn(a, 'model'), 'model_group')
  const provider = wordIn(a, 'custom_llm_provider')
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'custom_llm_provider')
  reading.take('responseId', wordIn(response, 'id') ?? wordIn(a, 'id') ?? wordIn(a, 'request_id'), 'id')
  reading.take('streamed', asBoolean(a['stream']), 'stream')
  for (const name of ['response_cost', 'spend'] as const) {
    takeCost(reading, a[name], name)
  }
  const asker = oneOf(metadata, 'user_api_key_end_user_id', 'user_api_key_user_id')
  reading.take('user', labelOf(a['end_user']) ?? labelOf(asker) ?? labelOf(a['user']), 'end_user')
  const team = oneOf(metadata, 'user_api_key_team_alias', 'user_api_key_team_id')
  reading.take('team', labelOf(team) ?? labelOf(a['team_id']), 'metadata.user_api_key_team_alias')
  reading.take('tenant', labelOf(oneOf(metadata, 'user_api_key_org_id')), 'metadata.user_api_key_org_id')
  const asked = objectIn(metadata, 'requester_metadata')
  const session = labelOf(oneOf(asked, 'session_id', 'session')) ?? labelOf(oneOf(metadata, 'session_id'))
  reading.take('session', session ?? labelOf(a['session_id']), 'session_id')
  const prompt = objectIn(metadata, 'prompt_management_metadata')
  reading.take('promptName', labelOf(oneOf(prompt, 'prompt_id')), 'metadata.prompt_management_metadata')
  reading.take('promptVersion', labelOf(oneOf(prompt, 'prompt_version')), 'metadata.prompt_management_metadata')
  const tags = asLabels(a['request_tags'])
  if (tags && tags.length > 0) reading.take('tags', tags, 'request_tags')
  reading.take('errorType', wordIn(objectIn(a, 'error_information'), 'error_class'), 'error_information')
  takeFirstToken(a, reading)
}

/** Of an answer that was not streamed, the first token is stamped with the end. */
function takeFirstToken(a: Attributes, reading: Reading<Facts>): void {
  const [start, first, end] = ['startTime', 'completionStartTime', 'endTime'].map(name => timeOf(a[name]))
  if (start === undefined || first === undefined || first < start) return
  if (first !== end) reading.take('timeToFirstToken', first - start, 'completionStartTime')
}

function timeOf(value: Written): bigint | undefined {
  return isBody(value) ? undefined : parseTime(value)?.ns
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const detailed = chatUsage(objectIn(structureIn(a, 'response'), 'usage'))
  const plain = chatUsage(a)
  if (detailed && (!plain || countNumbers(detailed) >= countNumbers(plain)))
    return { ...detailed, from: 'response.usage' }
  return plain && { ...plain, from: 'prompt_tokens', producer: inclusive }
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  const messages: AttributeValue | undefined = a['messages']
  const given = isBody(messages) && Object.keys(messages).length === 0 ? undefined : messages
  // `{}` is what the table of spending writes where messages are not stored.
  if (given !== undefined && toJson(given) !== '{}')
    reading.take('inputMessages', readMessages(given, 'user'), 'messages')
  const response = structureIn(a, 'response')
  const api = response && responseApi(response)
  const said = response && api?.readResponse(toJson(response) as JsonObject)
  reading.take('outputMessages', said?.messages, 'response')
  if (!api && typeof a['response'] === 'string' && a['response'] !== '{}') {
    reading.take('outputMessages', readMessages(a['response'], 'assistant'), 'response')
  }
  reading.take('finishReasons', said?.finishReasons, 'response')
  reading.take('documents', said?.documents, 'response')
  const settings = structureIn(a, 'model_parameters')
  if (settings) {
    const { tools, ...parameters } = toJson(settings) as JsonObject
    reading.take('toolsOffered', readTools(tools), 'model_parameters.tools')
    if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, 'model_parameters')
  }
  const metadata = structureIn(a, 'metadata')
  const prompt = objectIn(metadata, 'prompt_management_metadata')
  const variables = prompt?.['prompt_variables']
  reading.take(
    'prompt',
    present({
      name: labelOf(oneOf(prompt, 'prompt_id')),
      version: labelOf(oneOf(prompt, 'prompt_version')),
      variables: variables === undefined || variables === null ? undefined : toJson(variables),
    }),
    'metadata.prompt_management_metadata',
  )
  const known = metadata && withoutNulls(toJson(metadata) as JsonObject)
  if (known && Object.keys(known).length > 0) reading.take('metadata', known, 'metadata')
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== null && !(isObject(value) && Object.keys(value).length === 0),
    ),
  )
}

function messages(span: RawSpan): number | undefined {
  const input = listIn(span.attributes, 'messages')?.length
  const response = objectIn(span.attributes, 'response')
  const output = response && responseApi(response)?.countResponse(response)
  return input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0)
}

export const liteLlm: Convention = {
  id: 'litellm',
  label: 'LiteLLM',
  precedence: 4,
  prefixes: [],
  reads: [
    'call_type',
    'model',
    'model_group',
    'custom_llm_provider',
    'id',
    'request_id',
    'trace_id',
    'session_id',
    'stream',
    'status',
    'startTime',
    'endTime',
    'completionStartTime',
    'response_cost',
    'spend',
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'end_user',
    'user',
    'team_id',
    'request_tags',
    'metadata',
    'messages',
    'response',
    'model_parameters',
    'error_str',
    'error_information',
  ],
  keeps: [
    'cache_hit',
    'cache_key',
    'saved_cache_cost',
    'response_time',
    'api_base',
    'api_key',
    'model_id',
    'model_map_information',
    'hidden_params',
    'guardrail_information',
    'requester_ip_address',
    'response_cost_failure_debug_info',
    'standard_built_in_tools_params',
    'cost_breakdown',
    'mcp_namespaced_tool_name',
    'agent_id',
    'organization_id',
    'proxy_server_request',
  ],
  facts,
  content,
  usage,
  messages,
}
