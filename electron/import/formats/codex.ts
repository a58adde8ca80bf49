// Codex rollouts: `sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl`, and the form before autumn 2025, where items stood bare
// after a header line. https://github.com/openai/codex/tree/main/codex-rs/protocol
//
// `response_item` is what the model was told and said, `event_msg` repeats it for the screen and adds times, exit codes and
// tokens. A turn is a trace, what lies between two counts of tokens is a call: items do not say which call made them.
// Left out, and counted: what events repeat of items, and the state of the world between turns.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { AttributeValue, Attributes, RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano } from '../../../shared/domain/times.ts'
import { noAttributes, type Certainty, type Defer, type TraceFormat } from '../format.ts'
import { rawNumber } from '../numbers.ts'
import { CodexReader, payloadOf } from './codex-reader.ts'
import { lineSpan, titleOf, type LineContext, lineContext } from './transcript.ts'
import { isObject, listOf, nameOf, plainAttributes, plainValue, textIn, type Fields } from './values.ts'

const types = new Set([
  'session_meta',
  'turn_context',
  'response_item',
  'event_msg',
  'compacted',
  'world_state',
  'inter_agent_communication',
  'inter_agent_communication_metadata',
])
const foreign = ['usage', 'model', 'stop_reason', 'sessionId', 'session_id', 'message', 'trace_id']

function detect(record: JsonObject): Certainty {
  const { type, payload } = record
  if (isObject(payload) && typeof type === 'string' && 'timestamp' in record) return types.has(type) ? 'certain' : 'no'
  if (foreign.some(name => name in record)) return 'no'
  if (record['record_type'] === 'state') return 'likely'
  if (type === undefined) return 'id' in record && 'timestamp' in record && 'instructions' in record ? 'likely' : 'no'
  if (type === 'message') return 'role' in record && Array.isArray(record['content']) ? 'likely' : 'no'
  if (type === 'reasoning') return 'summary' in record ? 'likely' : 'no'
  return typeof type === 'string' && /^[a-z_]+_call(_output)?$/.test(type) && 'call_id' in record ? 'likely' : 'no'
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const line = record as Fields
  const c = lineContext(context)
  const payload = payloadOf(line)
  return lineSpan(c, {
    span: c.span ?? '',
    name: nameOfLine(payload, c, defer),
    time: line['timestamp'],
    attributes: c.turn === undefined ? noAttributes : plainAttributes(c.turn, defer),
    event: eventOf(line, defer),
    ...statusOf(payload, c, defer),
    ...lengthOf(payload, c),
    ...(c.session === undefined ? {} : { resource: plainAttributes(c.session, defer) }),
    dialect: 'codex',
  })
}

function eventOf(line: Fields, defer: Defer): Attributes {
  const event = Object.create(null) as Record<string, AttributeValue>
  for (const key of Object.keys(line)) event[nameOf(key, defer)] = plainValue(line[key], defer)
  return event
}

function nameOfLine(payload: Fields, c: LineContext, defer: Defer): string {
  switch (c.role) {
    case 'prompt': {
      const first = listOf(payload['content'])[0]
      const text = payload['message'] ?? (isObject(first) ? first['text'] : undefined)
      return typeof text === 'string' ? titleOf(nameOf(text, defer)) : ''
    }
    case 'response':
    case 'usage':
      return typeof c.turn?.['model'] === 'string' ? c.turn['model'] : 'call'
    case 'tool_use':
      return textIn(payload['name'], defer) ?? textIn(payload['type'], defer)?.replace(/_call$/, '') ?? 'tool'
    case 'tool_result': {
      if (!c.own) return ''
      const invocation = isObject(payload['invocation']) ? payload['invocation'] : undefined
      const item = isObject(payload['item']) ? payload['item'] : undefined
      return textIn(invocation?.['tool'] ?? item?.['type'] ?? payload['type'], defer)?.replace(/_end$/, '') ?? 'tool'
    }
    default:
      return ''
  }
}

/** Tools say how they ended in an exit code, a flag or a word. */
function statusOf(
  payload: Fields,
  { role }: LineContext,
  defer: Defer,
): Pick<RawSpan, 'statusMessage'> & { status?: 'ok' | 'error' } {
  const type = payload['type']
  if (role === 'note' && (type === 'error' || type === 'stream_error')) {
    return { status: 'error', ...said(payload['message'], defer) }
  }
  if (role === 'answer' && type === 'turn_aborted') return said(payload['reason'], defer)
  if (role !== 'tool_result') return {}
  const inner = isObject(payload['item']) ? payload['item'] : payload
  const exit = inner['exit_code']
  if (typeof exit === 'number') {
    return exit === 0 ? { status: 'ok' } : { status: 'error', statusMessage: `exit code ${exit}` }
  }
  const success = inner['success']
  if (typeof success === 'boolean')
    return success ? { status: 'ok' } : { status: 'error', ...said(inner['stderr'], defer) }
  const result = isObject(inner['result']) ? inner['result'] : undefined
  if (result && 'Err' in result) return { status: 'error', ...said(result['Err'], defer) }
  if (result && ('Ok' in result || 'isError' in result)) {
    const ok = isObject(result['Ok']) ? result['Ok'] : result
    return { status: ok['isError'] === true ? 'error' : 'ok' }
  }
  return inner['status'] === 'failed' ? { status: 'error' } : {}
}

function said(written: unknown, defer: Defer): Pick<RawSpan, 'statusMessage'> {
  if (typeof written !== 'string' || written === '') return {}
  return { statusMessage: plainValue(written, defer) as NonNullable<RawSpan['statusMessage']> }
}

function lengthOf(payload: Fields, { role }: LineContext): { duration?: bigint } {
  if (role === 'answer') {
    const written = payload['duration_ms']
    const duration = written === undefined ? undefined : millisecondsToNano(rawNumber(written) ?? written)
    return duration === undefined ? {} : { duration }
  }
  if (role !== 'tool_result') return {}
  const inner = isObject(payload['item']) ? payload['item'] : payload
  const { duration } = inner
  if (!isObject(duration)) return {}
  const [secs, nanos] = [duration['secs'], duration['nanos']]
  return Number.isSafeInteger(secs) && Number.isSafeInteger(nanos)
    ? { duration: BigInt(secs as number) * 1_000_000_000n + BigInt(nanos as number) }
    : {}
}

export const codex: TraceFormat = {
  id: 'codex',
  label: 'Codex rollout',
  detect,
  open: () => new CodexReader(),
  rawSpan,
}
