// Spans that were put together from the lines of an agent's log: each line is an event, named after the part it plays.

import type { Attributes, RawEvent, RawSpan } from '../domain/raw-span.ts'
import type { SpanKind } from '../domain/kind.ts'
import { isDeferred, type Written } from './values.ts'

/**
 * The part a line plays in a span: what a turn was asked and answered, what a call was given and gave, what a tool was
 * asked and answered, what came of a sub-agent, and anything else that happened meanwhile.
 */
export type TranscriptRole =
  | 'prompt'
  | 'answer'
  | 'input'
  | 'response'
  | 'tool_use'
  | 'tool_result'
  | 'agent'
  | 'usage'
  | 'note'

export function linesOf(span: RawSpan, ...roles: readonly TranscriptRole[]): readonly RawEvent[] {
  const { events } = span
  if (events.length === 1) return roles.includes(events[0]!.name as TranscriptRole) ? events : none
  const found = events.filter(event => roles.includes(event.name as TranscriptRole))
  // Records of one span come in any order.
  return found.length < 2 ? found : found.sort(byTime)
}

const none: readonly RawEvent[] = []

function byTime(a: RawEvent, b: RawEvent): number {
  if (a.time === b.time || a.time === undefined || b.time === undefined) return 0
  return a.time < b.time ? -1 : 1
}

/** What the parts say the span is. */
export function kindOfLines(span: RawSpan): SpanKind {
  let kind: SpanKind = 'agent'
  for (const { name } of span.events) {
    if (name === 'tool_use' || name === 'tool_result') return 'tool'
    if (name === 'response' || name === 'input' || name === 'usage') kind = 'generation'
  }
  return kind
}

/** Messages of a call: what it was given, and its answer. */
export function countLines(span: RawSpan): number | undefined {
  if (kindOfLines(span) !== 'generation') return undefined
  return linesOf(span, 'input').length + (linesOf(span, 'response').length > 0 ? 1 : 0)
}

/** A structure inside a line, its texts not read. */
export function inside(value: Written): Attributes | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeferred(value)
    ? (value as Attributes)
    : undefined
}
