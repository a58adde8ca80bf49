// Claude Code: session files (`projects/<folder>/<session>.jsonl`), files of sub-agents, sessions of the web, the lines of
// `claude -p --output-format stream-json` and recordings of what the Agent SDK exchanges with it. Not specified anywhere;
// read from files of versions 0.2 to 2.1. Left out, and counted: what is about the session's files and screen.
//
// A prompt and what follows is a trace, an answer of the model a generation. An answer is written as several lines, one a
// block, each with the usage so far. What a call was given is only what is new since the call before.

import { millisecondsToNano } from '../../../shared/domain/times.ts'
import type { Attributes, AttributeValue, RawSpan } from '../../../shared/domain/raw-span.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import { noAttributes, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { rawNumber } from '../numbers.ts'
import { blockId, callId, ClaudeCodeReader } from './claude-code-reader.ts'
import { blocksOf, lineSpan, titleOf, type LineContext, lineContext } from './transcript.ts'
import { isObject, listOf, nameOf, plainAttributes, plainValue, textIn, type Fields } from './values.ts'

const types = new Set(['user', 'assistant', 'system', 'attachment', 'progress', 'summary', 'result', 'stream_event'])
/** Lines about the session's files and screen. */
const asides = new Set([
  'file-history-snapshot',
  'queue-operation',
  'permission-mode',
  'mode',
  'last-prompt',
  'custom-title',
  'ai-title',
  'agent-name',
  'tag',
  'worktree-state',
  'pr-link',
  'attribution-snapshot',
  'bridge-session',
])

function detect(record: JsonObject): Certainty {
  if (Array.isArray(record['loglines'])) return 'certain'
  const { type, message } = record
  if (typeof type !== 'string') return isRecording(record) ? 'certain' : 'no'
  if (asides.has(type)) return 'certain'
  if (type === 'summary') return 'leafUuid' in record ? 'certain' : 'no'
  if (!types.has(type)) return 'no'
  if (!('sessionId' in record || 'session_id' in record)) return 'no'
  // Qwen Code took the envelope over and puts Gemini's messages into it.
  if (isObject(message) && 'parts' in message) return 'no'
  if ('systemPayload' in record) return 'no'
  return 'message' in record || 'uuid' in record || 'subtype' in record ? 'certain' : 'likely'
}

function isRecording(record: JsonObject): boolean {
  const first = listOf(record['messages'])[0]
  return isObject(first) && 'direction' in first && isObject(first['message'])
}

/** What differs from line to line of one span stands in the line's event, the rest in the span's attributes. */
const ofTheLine = new Set([
  'message',
  'uuid',
  'parentUuid',
  'timestamp',
  'type',
  'subtype',
  'toolUseResult',
  'tool_use_result',
  'costUSD',
  'durationMs',
])

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const line = record as Fields
  const c = lineContext(context)
  const message = isObject(line['message']) ? line['message'] : undefined
  const block = c.block === undefined ? undefined : blocksOf(message)[c.block]
  const event = eventOf(line, c, block, defer)
  const isOwn = c.role === 'prompt' || c.role === 'response' || c.role === 'tool_use'
  return lineSpan(c, {
    span: c.span ?? (c.role === 'response' ? (callId(line) ?? '') : (blockId(block) ?? '')),
    name: nameOfLine(line, c, block, defer),
    time: line['timestamp'],
    attributes: isOwn ? sharedAttributes(line, defer) : noAttributes,
    event,
    ...statusOf(line, c, block, defer),
    ...lengthOf(line, c),
    dialect: 'claude-code',
  })
}

function sharedAttributes(line: Fields, defer: Defer): Attributes {
  const shared: Record<string, unknown> = {}
  for (const key of Object.keys(line)) if (!ofTheLine.has(key)) shared[key] = line[key]
  return plainAttributes(shared, defer)
}

function eventOf(line: Fields, { role }: LineContext, block: unknown, defer: Defer): Attributes {
  const event = Object.create(null) as Record<string, AttributeValue>
  const isOwn = role === 'prompt' || role === 'response' || role === 'tool_use'
  for (const key of Object.keys(line)) {
    if (isOwn && !ofTheLine.has(key)) continue
    // The rich result is of the whole line: it belongs where the result does.
    if (key === 'message' && isObject(line[key]) && block !== undefined) {
      event[key] = plainAttributes({ role: line[key]['role'], content: [block] }, defer)
    } else event[nameOf(key, defer)] = plainValue(line[key], defer)
  }
  return event
}

function nameOfLine(line: Fields, c: LineContext, block: unknown, defer: Defer): string {
  switch (c.role) {
    case 'tool_use':
      return (isObject(block) ? textIn(block['name'], defer) : undefined) ?? 'tool'
    case 'response': {
      const message = isObject(line['message']) ? line['message'] : undefined
      if (line['isApiErrorMessage'] === true) return 'API error'
      return textIn(message?.['model'], defer) ?? 'assistant'
    }
    case 'prompt': {
      for (const part of blocksOf(line['message'])) {
        const text = isObject(part) ? textIn(part['text'], defer) : textIn(part, defer)
        // What the editor says about itself is not what was asked.
        if (text === undefined || /^\s*<ide_/.test(text)) continue
        const title = titleOf(text)
        if (title !== '') return title
      }
      return line['type'] === 'user' ? '' : 'session'
    }
    case 'agent': {
      const result = line['toolUseResult']
      return (isObject(result) ? textIn(result['agentType'], defer) : undefined) ?? 'agent'
    }
    default:
      return ''
  }
}

function statusOf(
  line: Fields,
  { role }: LineContext,
  block: unknown,
  defer: Defer,
): Pick<RawSpan, 'statusMessage'> & { status?: 'ok' | 'error' } {
  if (role === 'tool_result' && isObject(block)) {
    if (block['is_error'] === true) return { status: 'error', ...said(block['content'], defer) }
    return { status: 'ok' }
  }
  if (line['isApiErrorMessage'] === true && (role === 'response' || role === 'answer')) {
    return { status: 'error', ...said(isObject(line['message']) ? line['message']['content'] : undefined, defer) }
  }
  if (line['type'] === 'result' && role === 'answer') {
    return line['is_error'] === true ? { status: 'error', ...said(line['result'], defer) } : { status: 'ok' }
  }
  return {}
}

function said(content: unknown, defer: Defer): Pick<RawSpan, 'statusMessage'> {
  const first = typeof content === 'string' ? content : listOf(content)[0]
  const text = isObject(first) ? first['text'] : first
  const value = typeof text === 'string' ? plainValue(text, defer) : undefined
  return value === undefined ? {} : { statusMessage: value as NonNullable<RawSpan['statusMessage']> }
}

/** Old versions timed their calls; runs of agents and streamed sessions say how long they took. */
function lengthOf(line: Fields, { role }: LineContext): { duration?: bigint } {
  const rich = isObject(line['toolUseResult']) ? line['toolUseResult'] : undefined
  const written =
    role === 'response'
      ? line['durationMs']
      : role === 'agent'
        ? rich?.['totalDurationMs']
        : line['type'] === 'result'
          ? line['duration_ms']
          : undefined
  const duration = written === undefined ? undefined : millisecondsToNano(rawNumber(written) ?? written)
  return duration === undefined ? {} : { duration }
}

export const claudeCode: TraceFormat = {
  id: 'claude-code',
  label: 'Claude Code session',
  detect,
  open: () => new ClaudeCodeReader(),
  rawSpan,
}
