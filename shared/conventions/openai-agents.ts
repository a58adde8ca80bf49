// OpenAI Agents SDK: `span_data` of its trace exporters, under the exporters' own names.
// https://openai.github.io/openai-agents-python/ref/tracing/span_data/
// A `response` span tells its response's id only, unless sensitive data is switched on (`_input`, `_response`).

import type { JsonValue } from '../domain/json.ts'
import type { SpanKind } from '../domain/kind.ts'
import type { Message } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { sumMessages } from './count-messages.ts'
import { messagesOf, takeMessages } from './messages.ts'
import { words, within } from './names.ts'
import { toolsOf } from './tools.ts'
import { usageIn, type WrittenUsage } from './usage.ts'
import { asJson, asLabel, asObject, inside, isList, isObject, present, toJson, type Written } from './values.ts'

const kinds = new Map<string, SpanKind>([
  ['agent', 'agent'],
  ['response', 'generation'],
  ['generation', 'generation'],
  ['transcription', 'generation'],
  ['speech', 'generation'],
  ['function', 'tool'],
  ['guardrail', 'guardrail'],
  ['handoff', 'chain'],
  ['custom', 'chain'],
  ['speech_group', 'chain'],
  ['task', 'chain'],
  ['turn', 'chain'],
])

const data = (span: RawSpan, ...path: readonly string[]): Written => inside(span.attributes['span_data'], ...path)

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const type = asLabel(data(span, 'type'))
  reading.take('kind', kinds.get(type ?? ''), 'span_data.type', kindRank.explicit)
  reading.take('operation', type, 'span_data.type')
  reading.take(
    'responseId',
    asLabel(data(span, 'response_id') ?? data(span, '_response', 'id')),
    'span_data.response_id',
  )
  reading.take('model', asLabel(data(span, '_response', 'model')), 'span_data._response')
  reading.take('requestModel', asLabel(data(span, 'model')), 'span_data.model')
  // Its own API, whatever model answers behind it; other models come as `generation`.
  if (type === 'response') reading.take('provider', 'openai', 'span_data.type')
  if (type === 'agent') reading.take('agent', asLabel(data(span, 'name')), 'span_data.name')
  if (type === 'function') reading.take('toolName', asLabel(data(span, 'name')), 'span_data.name')
  reading.take('session', asLabel(span.resource['group_id']), 'trace group_id')
  reading.take('traceName', asLabel(span.resource['workflow_name']), 'trace workflow_name')
  const metadata = span.resource['metadata']
  reading.take('user', asLabel(inside(metadata, 'user_id')), 'trace metadata')
  if (span.status === 'error' && type !== undefined) {
    const error = inside(span.attributes['error'], 'data', 'error_type') ?? inside(span.attributes['error'], 'name')
    reading.take('errorType', asLabel(error), 'error')
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  return (
    usageIn(data(span, 'usage'), 'span_data.usage') ??
    usageIn(data(span, '_response', 'usage'), 'span_data._response.usage')
  )
}

function content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const type = facts.operation
  const input = asJson(data(span, 'input') ?? data(span, '_input'))
  const output = asJson(data(span, 'output') ?? data(span, '_response', 'output'))
  if (facts.kind === 'generation') {
    takeMessages(reading, 'inputMessages', messagesIn(input, 'user'), 'span_data.input')
    const instructions = asJson(data(span, '_response', 'instructions'))
    const before = reading.values.inputMessages
    if (typeof instructions === 'string' && instructions !== '')
      takeMessages(
        reading,
        'inputMessages',
        [...(messagesIn(instructions, 'system') ?? []), ...(before ?? [])],
        'span_data._response',
      )
    takeMessages(reading, 'outputMessages', messagesIn(output, 'assistant'), 'span_data.output')
    const parameters = asObject(data(span, 'model_config'))
    if (parameters && Object.keys(parameters).length > 0)
      reading.take('parameters', parameters, 'span_data.model_config')
  } else if (type === 'handoff') {
    reading.take('input', asJson(data(span, 'from_agent')), 'span_data.from_agent')
    reading.take('output', asJson(data(span, 'to_agent')), 'span_data.to_agent')
  } else if (type === 'guardrail') {
    reading.take('output', present({ triggered: asJson(data(span, 'triggered')) }), 'span_data.triggered')
  } else if (type === 'custom') reading.take('output', asJson(data(span, 'data')), 'span_data.data')
  else {
    reading.take('input', input, 'span_data.input')
    reading.take('output', output ?? asJson(data(span, 'result')), 'span_data.output')
  }
  const tools = data(span, '_response', 'tools') ?? data(span, 'tools')
  const offered = tools === undefined ? undefined : toJson(tools)
  if (isList(offered)) reading.take('toolsOffered', toolsOf(offered), 'span_data.tools')
  const metadata = span.resource['metadata']
  const around = metadata === undefined ? undefined : asObject(metadata)
  if (around && Object.keys(around).length > 0) reading.take('metadata', around, 'trace metadata')
}

/** Items of the Responses API stand in one list with messages: calls, their results, thoughts. */
function messagesIn(value: JsonValue | undefined, role: string): readonly Message[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  return messagesOf(isList(value) || isObject(value) ? value : [value], role)
}

function messages(span: RawSpan): number | undefined {
  return sumMessages(
    data(span, 'input') ?? data(span, '_input'),
    data(span, 'output') ?? data(span, '_response', 'output'),
  )
}

export const openaiAgents: Convention = {
  id: 'openai-agents',
  label: 'OpenAI Agents SDK',
  precedence: 4,
  prefixes: [],
  reads: [
    ...words('id trace_id parent_id error started_at ended_at'),
    ...within('span_data', 'type name response_id model usage input _input output from_agent to_agent triggered data'),
    ...within('span_data', 'result tools model_config'),
    ...within('span_data._response', 'id model usage output instructions tools'),
  ],
  keeps: ['object', ...within('span_data', 'handoffs output_type'), ...within('span_data._response', 'object')],
  opens: ['span_data', 'span_data._response'],
  around: { reads: ['group_id', 'workflow_name', 'metadata', 'id'], keeps: ['object'] },
  facts,
  content,
  usage,
  messages,
}
