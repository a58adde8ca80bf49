// What coding agents report in log records, without spans: Claude Code, Codex, Gemini CLI and Qwen Code.
// https://code.claude.com/docs/en/monitoring-usage, https://github.com/openai/codex (codex-rs/otel),
// https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/telemetry.md
// A record is a span of its own that ended when it was written, below the span it names, in the trace of its session.
// Meaning is the convention's (shared/conventions/agent-events.ts). Left out: stream events but the last, settings.

import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, RawScope, RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano } from '../../../shared/domain/times.ts'
import type { Nanoseconds } from '../../../shared/domain/units.ts'
import { contentHash } from '../derived-ids.ts'

const events = new Set([
  'user_prompt',
  'api_request',
  'api_response',
  'api_error',
  'api_cancel',
  'sse_event',
  'tool_call',
  'tool_result',
  'tool_decision',
])

const name = /^(?:claude_code|codex|gemini_cli|qwen[-_]code)\.(\w+)$/

/** The last part of the name of an event that an agent reports of its work. */
export function agentEvent(eventName: string): string | undefined {
  const event = name.exec(eventName)?.[1]
  return event !== undefined && events.has(event) ? event : undefined
}

export interface AgentRecord {
  readonly traceId: string
  readonly spanId: string
  readonly name: string
  readonly time?: Nanoseconds
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly scope: RawScope
}

export function spanOfAgentEvent({ traceId, spanId, name: eventName, time, ...said }: AgentRecord): RawSpan {
  const { attributes, resource, scope } = said
  const session = attributes['session.id'] ?? attributes['conversation.id']
  const length = millisecondsToNano(attributes['duration_ms'])
  const marks: Mark[] = []
  if (time === undefined) marks.push('undated')
  return {
    traceId:
      traceId || (typeof session === 'string' && session !== '' ? contentHash(`session ${session}`).slice(0, 32) : ''),
    // Derived from its content: several stand on one span.
    spanId: '',
    ...(spanId === '' ? {} : { parentId: spanId }),
    name: eventName,
    ...(time === undefined ? {} : { start: length === undefined ? time : time - length, end: time }),
    status: 'unset',
    attributes,
    events: [],
    links: [],
    resource,
    scope,
    marks,
    dialect: 'agent-events',
  }
}
