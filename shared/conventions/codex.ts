// Codex's own names. Items are those of OpenAI's Responses; what events add is the program's.

import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Attributes, RawEvent, RawSpan } from '../domain/raw-span.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { parseJson } from './json-text.ts'
import { readMessages } from './messages.ts'
import { words } from './names.ts'
import { readParts } from './parts.ts'
import { countLines, inside, kindOfLines, linesOf } from './transcript.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asText, isList, isObject, itemsOf, present, toJson, type Written } from './values.ts'

/** What a line is about; in the old form the line is it. */
function payloadOf(line: RawEvent): Attributes {
  return inside(line.attributes['payload']) ?? line.attributes
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const { resource } = span
  const kind = kindOfLines(span)
  reading.take('kind', kind, 'type', kindRank.explicit)
  reading.take('session', asLabel(resource['id']), 'session_meta.id')
  reading.take('release', asLabel(resource['cli_version']), 'session_meta.cli_version')
  if (kind === 'generation') {
    const counted = linesOf(span, 'usage').map(line => inside(payloadOf(line)['info']))[0]
    reading.take('model', asLabel(counted?.['model']), 'token_count.model')
    reading.take('model', asLabel(span.attributes['model']), 'turn_context.model')
    reading.take('provider', asLabel(resource['model_provider']), 'session_meta.model_provider')
    reading.take('operation', 'chat', 'type')
  } else if (kind === 'tool') {
    if (span.name !== '') reading.take('toolName', span.name, 'name')
  } else {
    if (span.name !== '') reading.take('traceName', span.name, 'user_message')
    for (const line of linesOf(span, 'answer')) {
      const first = millisecondsToNano(payloadOf(line)['time_to_first_token_ms'])
      reading.take('timeToFirstToken', first, 'task_complete.time_to_first_token_ms')
    }
  }
}

/** Of this call; the sum so far stands beside it. The rule is known, so the written total decides nothing. */
function usage(span: RawSpan): WrittenUsage | undefined {
  const info = linesOf(span, 'usage').map(line => inside(payloadOf(line)['info']))[0]
  const last = inside(info?.['last_token_usage'])
  if (!last) return undefined
  return {
    input: last['input_tokens'],
    output: last['output_tokens'],
    cacheRead: last['cached_input_tokens'],
    cacheWrite: last['cache_write_input_tokens'],
    reasoning: last['reasoning_output_tokens'],
    from: 'token_count.last_token_usage',
    producer: { inputHasCache: true, outputHasReasoning: true },
  }
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const kind = kindOfLines(span)
  if (kind === 'tool') return toolContent(span, reading)
  if (kind === 'generation') return callContent(span, reading)
  for (const line of linesOf(span, 'prompt')) {
    const payload = payloadOf(line)
    reading.take('input', asText(payload['message']), 'user_message.message')
    const text = readParts(toJson(payload['content'] ?? null)).flatMap(part =>
      part.type === 'text' ? [part.text] : [],
    )
    if (text.length > 0) reading.take('input', text.join('\n'), 'message.content')
  }
  for (const line of linesOf(span, 'answer')) {
    reading.take('output', asText(payloadOf(line)['last_agent_message']), 'task_complete.last_agent_message')
  }
}

function callContent(span: RawSpan, reading: Reading<Content>): void {
  const effort = asLabel(span.attributes['effort'])
  if (effort !== undefined) reading.take('parameters', { reasoning_effort: effort }, 'turn_context.effort')
  const input = linesOf(span, 'input').flatMap(line => readInput(payloadOf(line)))
  if (input.length > 0) reading.take('inputMessages', input, 'items since the call before')
  const parts = linesOf(span, 'response').flatMap(line => readItem(payloadOf(line)))
  if (parts.length > 0) reading.take('outputMessages', [{ role: 'assistant', parts }], 'response_item')
}

function readInput(payload: Attributes): readonly Message[] {
  const instructions = asText(inside(payload['base_instructions'])?.['text'] ?? payload['instructions'])
  if (instructions !== undefined) {
    return instructions === '' ? [] : [{ role: 'system', parts: [{ type: 'text', text: instructions }] }]
  }
  if (payload['output'] !== undefined || payload['tools'] !== undefined) {
    const part: Part = {
      type: 'tool_result',
      ...present({ id: asLabel(payload['call_id']), result: resultOf(payload['output'] ?? payload['tools']) }),
    }
    return [{ role: 'tool', parts: [part] }]
  }
  const role = asText(payload['role']) ?? 'user'
  return readMessages({ role, content: payload['content'] ?? null }, role) ?? []
}

function readItem(payload: Attributes): readonly Part[] {
  const type = asText(payload['type']) ?? ''
  if (type === 'message') return readParts(toJson(payload['content'] ?? null))
  if (type === 'reasoning') {
    const summary = toJson(payload['summary'] ?? null)
    const texts = itemsOf(summary).flatMap(part => (isObject(part) ? [part['text']] : []))
    const text = texts.filter(part => typeof part === 'string').join('\n')
    return [{ type: 'reasoning', text, ...present({ signature: asText(payload['encrypted_content']) }) }]
  }
  return [
    {
      type: 'tool_call',
      name: asLabel(payload['name']) ?? type.replace(/_call$/, ''),
      ...present({ id: asLabel(payload['call_id'] ?? payload['id']), arguments: argumentsOf(payload) }),
    },
  ]
}

function argumentsOf(payload: Attributes): JsonValue | undefined {
  return asJson(payload['arguments'] ?? payload['input'] ?? payload['action'])
}

/** A text, a JSON text with the text inside, or parts of texts. */
function resultOf(written: Written): JsonValue | undefined {
  if (written === undefined) return undefined
  const value = toJson(written)
  const read = typeof value === 'string' ? (parseJson(value) ?? value) : value
  const list = isList(read) ? read : [read]
  const texts = list.flatMap(part => (isObject(part) && typeof part['text'] === 'string' ? [part['text']] : []))
  return texts.length === list.length && list.length > 0 ? texts.join('\n') : read
}

function toolContent(span: RawSpan, reading: Reading<Content>): void {
  const asked = linesOf(span, 'tool_use').map(payloadOf)[0]
  const answers = linesOf(span, 'tool_result').map(payloadOf)
  const output = answers.find(payload => payload['output'] !== undefined || payload['tools'] !== undefined)
  const event = answers.find(payload => payload !== output)
  const inner = inside(event?.['item']) ?? event
  const invocation = inside(inner?.['invocation']) ?? inner
  reading.take(
    'tool',
    present({
      name: span.name === '' ? undefined : span.name,
      callId: asLabel((asked ?? output ?? event)?.['call_id']),
      arguments:
        (asked && argumentsOf(asked)) ?? asJson(invocation?.['arguments'] ?? inner?.['command'] ?? inner?.['action']),
      result:
        resultOf(output?.['output'] ?? output?.['tools']) ??
        asJson(inner?.['aggregated_output'] ?? inner?.['result'] ?? inner?.['results'] ?? inner?.['stdout']),
    }),
    asked ? 'response_item' : 'event_msg',
  )
}

const read = [
  ...words('type timestamp id call_id role name content message phase'),
  ...words('arguments input action output tools summary encrypted_content base_instructions instructions'),
  ...words('last_agent_message duration duration_ms time_to_first_token_ms reason error'),
  ...words('exit_code success status stdout stderr aggregated_output result results command invocation'),
  ...words('info.last_token_usage info.model model effort'),
]

/** Who, where and in which turn; the sum so far; and the same once more, as the screen shows it. */
const kept = [
  ...words('turn_id cwd process_id source originator cli_version model_provider git ordinal namespace query'),
  ...words('info.total_token_usage info.model_context_window model_context_window started_at completed_at'),
  ...words('parsed_cmd formatted_output images local_images text_elements approval_policy sandbox_policy'),
]
const opened = ['info', 'item']

/** In `payload`, in the item within it, or bare, as before autumn 2025. */
function anywhere(names: readonly string[]): readonly string[] {
  const inLine = [...names, ...names.map(name => `item.${name}`)]
  return [...inLine, ...inLine.map(name => `payload.${name}`)]
}

export const codex: Convention = {
  id: 'codex',
  label: 'Codex',
  precedence: 4,
  prefixes: [],
  reads: ['model', 'effort'],
  keeps: ['summary', 'approval_policy'],
  around: { reads: ['id', 'cli_version', 'model_provider'], keeps: ['cwd', 'originator'] },
  lines: { reads: anywhere(read), keeps: anywhere(kept), opens: ['payload', ...anywhere(opened)] },
  facts,
  content,
  usage,
  messages: countLines,
}
