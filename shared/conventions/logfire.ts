// Logfire and Pydantic AI, all generations: conversations under names of their own, requests and answers of Logfire's
// OpenAI and Anthropic integrations, and what Logfire says of every span.
// https://logfire.pydantic.dev/docs, https://ai.pydantic.dev/logfire

import type { JsonObject } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import type { Message } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { countExchange, takeAnswered, takeAsked } from './exchange.ts'
import { countMessages } from './count-messages.ts'
import { readMessages, takeMessages } from './messages.ts'
import { first } from './parts.ts'
import { readTools } from './tools.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import {
  asBoolean,
  asJson,
  asLabel,
  asLabels,
  asList,
  asNumber,
  asObject,
  inside,
  isObject,
  present,
} from './values.ts'

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  reading.take('kind', kindOfSpan(span), 'logfire', kindRank.scope)
  reading.take('agent', asLabel(a['agent_name']), 'agent_name')
  reading.take('requestModel', asLabel(a['model_name']), 'model_name')
  if (a['request_data'] !== undefined) {
    const request = asObject(a['request_data'])
    reading.take('requestModel', asLabel(request?.['model']), 'request_data')
    reading.take('streamed', asBoolean(request?.['stream']), 'request_data')
  }
  const tags = asLabels(a['logfire.tags'])
  if (tags && tags.length > 0) reading.take('tags', tags, 'logfire.tags')
  // Levels are OpenTelemetry's severity numbers: 17 is an error, 21 fatal.
  if ((asNumber(a['logfire.level_num']) ?? 0) >= 17) reading.take('status', 'error', 'logfire.level_num')
  if (span.parentId === undefined) reading.take('traceName', asLabel(a['logfire.msg']), 'logfire.msg')
  const scrubbed = a['logfire.scrubbed']
  if (scrubbed !== undefined && scrubbed !== null) reading.marks.push('masked')
}

function kindOfSpan(span: RawSpan): SpanKind | undefined {
  const a = span.attributes
  if (a['request_data'] !== undefined) {
    // A stream's text comes as a log of its own, after the span of its request has ended: that span is the call.
    if (asLabel(a['logfire.span_type']) === 'log') return undefined
    if (/embedding/i.test(span.name)) return 'embedding'
    return isObject(asObject(a['request_data'])) ? 'generation' : undefined
  }
  if (span.scope.name !== 'pydantic-ai' && a['pydantic_ai.all_messages'] === undefined) return undefined
  if (a['gen_ai.tool.name'] !== undefined || a['tool_arguments'] !== undefined) return 'tool'
  if (/^running (?:\d+ )?tools?$/.test(span.name)) return 'chain'
  const tells = a['agent_name'] ?? a['pydantic_ai.all_messages'] ?? a['all_messages_events']
  return tells === undefined ? undefined : 'agent'
}

/** An agent's own count is the sum of its calls: it counts only where none of them is there. */
function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const response = a['response_data'] === undefined ? undefined : asObject(a['response_data'])
  const answered = response && usageIn(response['usage'], 'response_data')
  if (answered) return answered
  const input = a['gen_ai.aggregated_usage.input_tokens']
  const output = a['gen_ai.aggregated_usage.output_tokens']
  if ((input ?? output ?? null) === null) return undefined
  const part = (name: string) => a[`gen_ai.aggregated_usage.${name}`]
  return {
    input,
    output,
    cacheRead: part('cache_read.input_tokens') ?? part('details.cache_read_tokens'),
    cacheWrite: part('cache_creation.input_tokens') ?? part('details.cache_write_tokens'),
    reasoning: part('details.reasoning_tokens'),
    from: 'gen_ai.aggregated_usage.input_tokens',
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  readRequest(span, reading)
  readEvents(span, reading)
  for (const name of ['pydantic_ai.all_messages', 'all_messages_events'] as const) {
    const all = readMessages(a[name], 'user')
    if (all) takeAll(all, name, reading)
  }
  if (a['final_result'] !== undefined) reading.take('output', asJson(a['final_result']), 'final_result')
  if (known.kind === 'tool') {
    const tool = present({
      name: asLabel(a['gen_ai.tool.name']) ?? known.toolName,
      callId: asLabel(a['gen_ai.tool.call.id']),
      arguments: asJson(a['tool_arguments']),
      result: asJson(a['tool_response']),
    })
    const rank = a['tool_arguments'] === undefined && a['tool_response'] === undefined ? 1 : -1
    reading.take('tool', tool, 'tool_arguments', rank)
  }
  const offered = inside(asObject(a['model_request_parameters']), 'function_tools')
  if (offered !== undefined) reading.take('toolsOffered', readTools(offered), 'model_request_parameters')
}

function readRequest(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  if (a['request_data'] !== undefined) {
    takeAsked(reading, asObject(a['request_data']), 'request_data')
  }
  if (a['response_data'] === undefined) return
  const response = asObject(a['response_data'])
  const streamed = response && first(response, ['combined_chunk_content'])
  takeAnswered(reading, streamed ?? response, 'response_data')
}

/** Generation 2's events as one list in an attribute: messages, and of type gen_ai.choice the answers. */
function readEvents(span: RawSpan, reading: Reading<Content>): void {
  const events = asList(span.attributes['events'])?.filter(isObject)
  if (!events) return
  const isAnswer = (event: JsonObject) => event['event.name'] === 'gen_ai.choice'
  const asked = readMessages(
    events.filter(event => !isAnswer(event)),
    'user',
  )
  const answered = readMessages(events.filter(isAnswer), 'assistant')
  takeMessages(reading, 'inputMessages', asked, 'events')
  takeMessages(reading, 'outputMessages', answered, 'events')
}

/** A whole conversation: what the assistant said last is the answer. */
function takeAll(all: readonly Message[], from: string, reading: Reading<Content>): void {
  const answers = all.at(-1)?.role === 'assistant' ? 1 : 0
  const asked = all.slice(0, all.length - answers)
  const answered = all.slice(all.length - answers)
  takeMessages(reading, 'inputMessages', asked, from)
  takeMessages(reading, 'outputMessages', answered, from)
}

export const logfire: Convention = {
  id: 'logfire',
  label: 'Logfire, Pydantic AI',
  precedence: 4,
  prefixes: ['logfire.', 'pydantic_ai.', 'gen_ai.aggregated_usage.'],
  names: ['all_messages_events', 'model_request_parameters', 'tool_arguments', 'tool_response'],
  reads: [
    'logfire.msg',
    'logfire.level_num',
    'logfire.tags',
    'logfire.scrubbed',
    'logfire.span_type',
    'logfire.pending_parent_id',
    'pydantic_ai.all_messages',
    'all_messages_events',
    'events',
    'agent_name',
    'model_name',
    'final_result',
    'model_request_parameters',
    'tool_arguments',
    'tool_response',
    'request_data',
    'response_data',
    'gen_ai.aggregated_usage.*',
    'operation.cost',
  ],
  keeps: ['logfire.*', 'pydantic_ai.*', 'duration', 'async', 'tools', 'code.*', 'gen_ai.agent.call.id'],
  facts,
  content,
  usage,
  messages: ({ attributes: a }) => countMessages(a['events']) ?? countExchange(a['request_data'], a['response_data']),
}
