// Generation 0: `gen_ai.prompt.N.*`, `gen_ai.completion.N.*` and `llm.*`, from before OpenTelemetry had events; OpenLLMetry
// wrote it until 2026. https://github.com/traceloop/semantic-conventions

import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonObject } from '../domain/json.ts'
import type { Message, Part, ToolOffer } from '../domain/message.ts'
import { indexedCounter } from './count-messages.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { kindOf } from './kinds.ts'
import { messagesOf, takeMessages } from './messages.ts'
import { parseJson } from './json-text.ts'
import { structured } from './parts.ts'
import { foldProvider } from './providers.ts'
import { unflatten, type Place } from './unflatten.ts'
import type { WrittenUsage } from './usage.ts'
import { asBoolean, asJson, asLabel, emptyObject, isList, isObject, present } from './values.ts'

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  reading.take('kind', kindOf(a['llm.request.type']), 'llm.request.type', kindRank.operation)
  reading.take('operation', asLabel(a['llm.request.type']), 'llm.request.type', 1)
  reading.take('model', asLabel(a['llm.response.model']), 'llm.response.model')
  reading.take('requestModel', asLabel(a['llm.request.model']), 'llm.request.model')
  const vendor = asLabel(a['llm.vendor'])
  if (vendor !== undefined) reading.take('provider', foldProvider(vendor), 'llm.vendor')
  reading.take('streamed', asBoolean(a['llm.is_streaming']), 'llm.is_streaming')
  reading.take('user', asLabel(a['llm.user']), 'llm.user', 1)
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const input = a['llm.usage.prompt_tokens']
  const output = a['llm.usage.completion_tokens']
  if (input === undefined && output === undefined) return undefined
  return { input, output, total: a['llm.usage.total_tokens'], from: 'llm.usage.prompt_tokens' }
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const tree = unflatten(span.attributes, [
    'gen_ai.prompt',
    'gen_ai.completion',
    'llm.request.functions',
    'llm.prompts',
    'llm.completions',
  ])
  const offer = (field: 'inputMessages' | 'outputMessages', role: string, from: string) => {
    const messages = tree.list(...from.split('.')).map(place => readIndexed(place, role))
    takeMessages(reading, field, messages, `${from}.N`)
  }
  offer('inputMessages', 'user', 'gen_ai.prompt')
  offer('inputMessages', 'user', 'llm.prompts')
  offer('outputMessages', 'assistant', 'gen_ai.completion')
  offer('outputMessages', 'assistant', 'llm.completions')
  const reasons = tree.list('gen_ai', 'completion').flatMap(place => place.label('finish_reason') ?? [])
  if (reasons.length > 0) reading.take('finishReasons', reasons, 'gen_ai.completion.N.finish_reason')
  const tools = tree.list('llm', 'request', 'functions').flatMap(readFunction)
  if (tools.length > 0) reading.take('toolsOffered', tools, 'llm.request.functions.N')
  readParameters(span, reading)
}

function readIndexed(place: Place, otherwise: string): Message {
  const role = place.label('role')?.toLowerCase() ?? otherwise
  const finishReason = place.label('finish_reason')
  const calls = place.list('tool_calls').map(readCall)
  const reasoning = place.text('reasoning')
  const text = place.text('content')
  const parts: Part[] = reasoning ? [{ type: 'reasoning', text: reasoning }] : []
  const id = place.label('tool_call_id')
  if (id !== undefined || role === 'tool') {
    parts.push({ type: 'tool_result', ...present({ id, result: structured(text) }) })
  } else if (text !== undefined && text !== '' && !(text === 'null' && role === 'assistant')) {
    // 0.14 wrote a null content as the word "null".
    parts.push(...textParts(text, role))
  }
  const legacy = place.at('function_call')
  if (legacy) calls.push(readCall(legacy))
  return { role, ...present({ finishReason }), parts: [...parts, ...calls] }
}

/** Anthropic's blocks were written as JSON into the text: `[{"type":"text", …}]`. */
function textParts(text: string, role: string): readonly Part[] {
  const blocks = text.startsWith('[{') ? parseJson(text) : undefined
  const typed = isList(blocks) && blocks.every(block => isObject(block) && typeof block['type'] === 'string')
  const read = typed ? messagesOf(blocks, role) : undefined
  return read?.flatMap(message => message.parts) ?? [{ type: 'text', text }]
}

function readCall(place: Place): Part {
  return {
    type: 'tool_call',
    name: place.label('name') ?? '',
    ...present({ id: place.label('id'), arguments: place.json('arguments') }),
  }
}

function readFunction(place: Place): ToolOffer[] {
  const name = place.label('name')
  if (name === undefined) return []
  return [
    {
      name,
      ...present({
        description: place.text('description'),
        parameters: place.json('parameters') ?? place.json('arguments'),
      }),
    },
  ]
}

const parameterNames = [
  'llm.top_k',
  'llm.frequency_penalty',
  'llm.presence_penalty',
  'llm.chat.stop_sequences',
  'llm.is_streaming',
  'llm.temperature',
  'llm.top_p',
] as const

function readParameters(span: RawSpan, reading: Reading<Content>): void {
  const parameters = emptyObject()
  for (const name of parameterNames) {
    const value = asJson(span.attributes[name])
    if (value !== undefined) parameters[name.slice('llm.'.length)] = value
  }
  if (Object.keys(parameters).length === 0) return
  const others: JsonObject = reading.values.parameters ?? {}
  reading.take(
    'parameters',
    Object.assign(emptyObject(), parameters, others),
    reading.readBy?.['parameters'] ?? 'llm.*',
    -1,
  )
}

const countIndexed = indexedCounter(['gen_ai.prompt.', 'gen_ai.completion.', 'llm.prompts.', 'llm.completions.'])

function messages({ attributes }: RawSpan): number | undefined {
  return countIndexed(attributes)
}

export const genAiIndexed: Convention = {
  id: 'gen-ai-indexed',
  label: 'OpenLLMetry legacy (gen_ai.prompt.N)',
  precedence: 6,
  prefixes: ['gen_ai.prompt.', 'gen_ai.completion.', 'llm.request.', 'llm.usage.', 'llm.prompts.', 'llm.completions.'],
  names: ['llm.is_streaming', 'llm.vendor'],
  reads: [
    'gen_ai.prompt.*',
    'gen_ai.completion.*',
    'llm.prompts.*',
    'llm.completions.*',
    'llm.request.functions',
    'llm.request.functions.*',
    'llm.request.type',
    'llm.request.model',
    'llm.response.model',
    'llm.vendor',
    'llm.user',
    'llm.usage.prompt_tokens',
    'llm.usage.completion_tokens',
    'llm.usage.total_tokens',
    ...parameterNames,
  ],
  // The request's HTTP headers.
  keeps: ['llm.headers'],
  // OpenInference has `llm.request.model_name`, and current GenAI `gen_ai.prompt.name`: neither is this dialect.
  speaks: span => {
    for (const name in span.attributes) if (speaksName.test(name)) return true
    return false
  },
  facts,
  content,
  usage,
  messages,
}

const speaksName =
  /^(?:gen_ai\.(?:prompt|completion)\.\d|llm\.(?:prompts|completions)\.\d+\.(?:role|content)$|llm\.request\.(?:type|functions|model$)|llm\.usage\.|llm\.is_streaming$|llm\.vendor$)/
