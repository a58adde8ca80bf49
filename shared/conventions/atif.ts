// Agent Trajectory Interchange Format: what the fields of a run, a step and a tool call mean. What stands between two steps
// of the agent is what its next call was given.

import type { Message, Part } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { toolsOf } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asText, inside, isList, isObject, itemsOf, present, type Written } from './values.ts'

const step = ({ attributes }: RawSpan, ...path: readonly string[]): Written => inside(attributes['step'], ...path)
const call = ({ attributes }: RawSpan, ...path: readonly string[]): Written => inside(attributes['call'], ...path)
const agent = ({ resource }: RawSpan, ...path: readonly string[]): Written => inside(resource['agent'], ...path)

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const kind = span.attributes['step'] ? 'generation' : span.attributes['call'] ? 'tool' : 'agent'
  reading.take('kind', kind, 'source', kindRank.explicit)
  reading.take('session', asLabel(span.attributes['session_id']), 'session_id')
  reading.take('agent', asLabel(agent(span, 'name')), 'agent.name')
  reading.take('release', asLabel(agent(span, 'version')), 'agent.version')
  if (kind === 'tool') reading.take('toolName', asLabel(call(span, 'function_name')), 'call.function_name')
  if (kind !== 'generation') return
  reading.take('operation', 'chat', 'source')
  reading.take('model', asLabel(step(span, 'model_name')), 'step.model_name')
  reading.take('model', asLabel(agent(span, 'model_name')), 'agent.model_name')
  takeCost(reading, step(span, 'metrics', 'cost_usd'), 'step.metrics.cost_usd')
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const of = (name: string) => step(span, 'metrics', name)
  const input = of('prompt_tokens')
  const output = of('completion_tokens')
  if (input === undefined && output === undefined) return undefined
  return { input, output, cacheRead: of('cached_tokens'), from: 'step.metrics' }
}

function content(span: RawSpan, reading: Reading<Content>, { kind }: Readonly<Facts>): void {
  if (kind === 'generation') {
    const before = asJson(span.attributes['before'])
    const input = itemsOf(before).flatMap(messageOf)
    if (input.length > 0) reading.take('inputMessages', input, 'before')
    reading.take('outputMessages', messageOf(asJson(span.attributes['step']) ?? null), 'step')
    const tools = asJson(agent(span, 'tool_definitions'))
    reading.take('toolsOffered', isList(tools) ? toolsOf(tools) : undefined, 'agent.tool_definitions')
  } else if (kind === 'tool') {
    const tool = {
      name: asLabel(call(span, 'function_name')),
      callId: asLabel(call(span, 'tool_call_id')),
      arguments: asJson(call(span, 'arguments')),
      result: asJson(inside(span.attributes['result'], 'content')),
    }
    reading.take('tool', present(tool), 'call')
  } else reading.take('output', asJson(span.attributes['final_metrics']), 'final_metrics')
}

/** A step, or the result of a tool between two steps. */
function messageOf(written: ReturnType<typeof asJson> | null): Message[] {
  if (!isObject(written)) return []
  const { source, message, reasoning_content: thought, tool_calls: calls, source_call_id: id, content } = written
  if (source === undefined) {
    const result = { type: 'tool_result', ...present({ id: asLabel(id), result: content }) } as Part
    return [{ role: 'tool', parts: [result] }]
  }
  const parts: Part[] = []
  const thinking = asText(thought)
  if (thinking) parts.push({ type: 'reasoning', text: thinking })
  const text = asText(message)
  if (text) parts.push({ type: 'text', text })
  for (const one of itemsOf(calls)) {
    if (!isObject(one)) continue
    const name = asLabel(one['function_name']) ?? ''
    parts.push({
      type: 'tool_call',
      name,
      ...present({ id: asLabel(one['tool_call_id']), arguments: one['arguments'] }),
    })
  }
  return [{ role: source === 'agent' ? 'assistant' : (asLabel(source) ?? 'user'), parts }]
}

function messages({ attributes: a }: RawSpan): number | undefined {
  return a['step'] === undefined ? undefined : (Array.isArray(a['before']) ? a['before'].length : 0) + 1
}

export const atif: Convention = {
  id: 'atif',
  label: 'ATIF',
  precedence: 4,
  prefixes: [],
  reads: ['step', 'before', 'call', 'result', 'session_id', 'agent', 'final_metrics'],
  keeps: ['schema_version', 'notes', 'extra'],
  around: { reads: ['agent'] },
  facts,
  content,
  usage,
  messages,
}
