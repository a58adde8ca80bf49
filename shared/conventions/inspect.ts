// Inspect's own names: samples, events and scores of its evaluation logs.

import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Message, Score } from '../domain/message.ts'
import type { SpanKind } from '../domain/kind.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { messagesOf } from './messages.ts'
import { foldProvider } from './providers.ts'
import { readTools } from './tools.ts'
import { inside } from './transcript.ts'
import type { WrittenUsage } from './usage.ts'
import {
  asJson,
  asLabel,
  asText,
  emptyObject,
  isList,
  isObject,
  itemsOf,
  present,
  toJson,
  type Written,
} from './values.ts'

const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['scorer', 'evaluator'],
  ['scorers', 'evaluator'],
  ['agent', 'agent'],
  ['tool', 'tool'],
])

function kindOf(span: RawSpan): SpanKind {
  const a = span.attributes
  switch (a['event']) {
    case 'model':
      return 'generation'
    case 'tool':
      return 'tool'
    case 'score':
      return 'evaluator'
    case 'sandbox':
      return 'other'
    case undefined:
      return a['epoch'] === undefined && a['output'] !== undefined ? 'generation' : 'workflow'
    default:
      return kinds.get(asText(a['type']) ?? '') ?? 'chain'
  }
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const kind = kindOf(span)
  reading.take('kind', kind, 'event', kindRank.explicit)
  reading.take('feature', asLabel(span.resource['task']), 'eval.task')
  reading.take('release', asLabel(inside(span.resource['packages'])?.['inspect_ai']), 'eval.packages.inspect_ai')
  if (kind === 'workflow') {
    reading.take('traceName', span.name, 'eval.task and id')
    reading.take('scores', readScores(a['scores'] ?? a['score']), 'scores')
    reading.take('errorType', asLabel(inside(a['limit'])?.['type']), 'limit.type')
  }
  if (kind === 'tool') {
    reading.take('toolName', asLabel(a['function'] ?? a['name']), 'function')
    reading.take('errorType', asLabel(inside(a['error'])?.['type']), 'error.type')
  }
  if (kind === 'agent') reading.take('agent', asLabel(a['name']), 'name')
  if (kind !== 'generation') return
  const output = inside(a['output'])
  const requested = asLabel(a['model']) ?? asLabel(span.resource['model'])
  const slash = requested?.indexOf('/') ?? -1
  reading.take('requestModel', slash > 0 ? requested?.slice(slash + 1) : requested, 'model')
  if (slash > 0) reading.take('provider', foldProvider(requested!.slice(0, slash)), 'model')
  reading.take('model', asLabel(output?.['model']), 'output.model')
  reading.take('operation', 'chat', 'event')
  const response = inside(inside(a['call'])?.['response'])
  reading.take('responseId', asLabel(response?.['id']), 'call.response.id')
}

/** C(orrect), I(ncorrect), P(artial), N(o answer), a number, a list or a map of them. */
function readScores(written: Written): readonly Score[] | undefined {
  const scores = inside(written)
  if (!scores) return undefined
  const all: Score[] = []
  for (const name of Object.keys(scores)) {
    const score = inside(scores[name])
    if (!score) continue
    const explanation = asText(score['explanation'] ?? null)
    const value = toJson(score['value'] ?? null)
    if (isObject(value))
      for (const key of Object.keys(value)) all.push(...scoreOf(`${name}.${key}`, value[key], explanation))
    else if (isList(value)) value.forEach((item, i) => all.push(...scoreOf(`${name}.${i}`, item, explanation)))
    else all.push(...scoreOf(name, value, explanation))
  }
  return all.length > 0 ? all : undefined
}

function scoreOf(name: string, value: JsonValue | undefined, explanation: string | undefined): readonly Score[] {
  const more = present({ explanation }) ?? {}
  if (typeof value === 'number') return [{ name, value, ...more }]
  if (typeof value === 'boolean') return [{ name, value: value ? 1 : 0, label: String(value), ...more }]
  return typeof value === 'string' ? [{ name, label: value, ...more }] : []
}

/** From February 2026 on the input is what was not cached. Before, it was what the provider said. */
const settled = '2026-02'

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  if (kindOf(span) !== 'generation') return undefined
  const written = inside(inside(a['output'])?.['usage'])
  if (!written) return undefined
  const created = asText(span.resource['created']) ?? ''
  const isExclusive = created >= settled || /anthropic|claude|bedrock/.test(asText(a['model']) ?? '')
  return {
    input: written['input_tokens'],
    output: written['output_tokens'],
    total: written['total_tokens'],
    cacheRead: written['input_tokens_cache_read'],
    cacheWrite: written['input_tokens_cache_write'],
    reasoning: written['reasoning_tokens'],
    from: 'output.usage',
    producer: { inputHasCache: !isExclusive, outputHasReasoning: true },
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  if (known.kind === 'generation') return callContent(span, reading)
  if (a['event'] === 'tool') {
    reading.take(
      'tool',
      present({
        name: asLabel(a['function']),
        callId: asLabel(a['id']),
        arguments: asJson(a['arguments']),
        result: asJson(a['result']),
      }),
      'function',
    )
    return
  }
  if (a['event'] === 'score') {
    reading.take('input', asJson(a['target']), 'target')
    reading.take('output', asJson(a['score']), 'score')
    return
  }
  if (known.kind !== 'workflow') {
    reading.take('input', asJson(a['input']), 'input')
    reading.take('output', asJson(a['result'] ?? a['output']), 'result')
    return
  }
  const input = messages(a['input'], 'user')
  reading.take('input', asJson(a['input']), 'input')
  if (input?.length === 1 && input[0]?.parts[0]?.type === 'text')
    reading.take('input', input[0].parts[0].text, 'input', -1)
  const answer = outputOf(a['output'])?.[0]?.parts.find(part => part.type === 'text')
  reading.take('output', answer?.type === 'text' ? answer.text : undefined, 'output')
  reading.take('inputMessages', messages(a['messages'], 'user'), 'messages')
  const metadata = emptyObject()
  for (const [name, value] of [
    ['eval', span.resource],
    ['target', a['target']],
    ['epoch', a['epoch']],
    ['metadata', a['metadata']],
    ['limit', a['limit']],
  ] as const) {
    if (value !== undefined && value !== null) metadata[name] = toJson(value)
  }
  reading.take('metadata', metadata, 'eval')
}

function callContent(span: RawSpan, reading: Reading<Content>): void {
  const a = span.attributes
  reading.take('inputMessages', messages(a['input'], 'user'), 'input')
  reading.take('outputMessages', outputOf(a['output']), 'output.choices')
  reading.take('toolsOffered', readTools(a['tools']), 'tools')
  const parameters = emptyObject()
  const config = toJson(a['config'] ?? null)
  if (isObject(config)) for (const key of Object.keys(config)) if (config[key] !== null) parameters[key] = config[key]!
  if (typeof a['tool_choice'] === 'string' && a['tool_choice'] !== 'none') parameters['tool_choice'] = a['tool_choice']
  if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, 'config')
  const choices = toJson(inside(a['output'])?.['choices'] ?? null)
  const reasons = itemsOf(choices).flatMap(choice => (isObject(choice) ? [choice['stop_reason']] : []))
  const finished = reasons.filter(reason => typeof reason === 'string')
  if (finished.length > 0) reading.take('finishReasons', finished, 'output.choices.stop_reason')
}

function outputOf(written: Written): readonly Message[] | undefined {
  const choices = toJson(inside(written)?.['choices'] ?? null)
  if (!isList(choices)) return undefined
  return messagesOf(
    choices.flatMap(choice => (isObject(choice) && isObject(choice['message']) ? [named(choice['message'])] : [])),
    'assistant',
  )
}

function messages(written: Written, role: string): readonly Message[] | undefined {
  if (written === undefined || written === null) return undefined
  const value = toJson(written)
  if (typeof value === 'string') return [{ role, parts: [{ type: 'text', text: value }] }]
  return messagesOf(isList(value) ? value.map(item => (isObject(item) ? named(item) : item)) : value, role)
}

/** Inspect calls a tool's name its function. */
function named(message: JsonObject): JsonObject {
  const calls = message['tool_calls']
  const tool =
    message['role'] === 'tool' && typeof message['function'] === 'string' ? { name: message['function'] } : {}
  if (!isList(calls)) return { ...message, ...tool }
  return {
    ...message,
    ...tool,
    tool_calls: calls.map(call =>
      isObject(call) && typeof call['function'] === 'string'
        ? { ...call, name: call['function'], function: null }
        : call,
    ),
  }
}

function countMessages(span: RawSpan): number | undefined {
  if (kindOf(span) !== 'generation') return undefined
  const { input, output } = span.attributes
  const choices = inside(output)?.['choices']
  return (Array.isArray(input) ? input.length : 0) + (Array.isArray(choices) ? choices.length : 0)
}

export const inspect: Convention = {
  id: 'inspect',
  label: 'Inspect',
  precedence: 4,
  prefixes: [],
  // The header's all becomes metadata.
  around: { reads: ['*'] },
  reads: [
    'arguments',
    'call',
    'config',
    'epoch',
    'error',
    'event',
    'function',
    'id',
    'input',
    'limit',
    'messages',
    'metadata',
    'model',
    'name',
    'output',
    'result',
    'score',
    'scores',
    'target',
    'tool_choice',
    'tools',
    'type',
  ],
  keeps: [
    'action',
    'agent',
    'agent_span_id',
    'cache',
    'choices',
    'cmd',
    'completed',
    'completed_at',
    'error_retries',
    'failed',
    'file',
    'files',
    'input_refs',
    'intermediate',
    'message_id',
    'model_usage',
    'options',
    'parent_id',
    'pending',
    'retries',
    'role',
    'role_usage',
    'sandbox',
    'setup',
    'span_id',
    'started_at',
    'store',
    'timestamp',
    'total_time',
    'truncated',
    'uuid',
    'view',
    'working_start',
    'working_time',
  ],
  facts,
  content,
  usage,
  messages: countMessages,
}
