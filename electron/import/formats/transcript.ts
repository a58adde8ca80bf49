// What logs of coding agents have in common: spans that several lines tell of. A line becomes a record of every span it
// tells of, and an event of it, named after the part it plays there. Calls are not timed by these logs: they start where
// the line before them ended.

import { normalizeId } from '../../../shared/domain/ids.ts'
import type { Status } from '../../../shared/domain/kind.ts'
import type { Mark } from '../../../shared/domain/marks.ts'
import type { Attributes, DeferredText, RawEvent, RawLink, RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import type { TranscriptRole } from '../../../shared/conventions/transcript.ts'
import { contentHash } from '../derived-ids.ts'
import { noAttributes, type RecordSink } from '../format.ts'
import { contextIn, isObject, listOf, type ContextShape, type Fields } from './values.ts'

/** What the reader of the file knew of a line that the line does not say. */
export interface LineContext {
  /** The turn: a prompt and what it led to. */
  readonly trace: string
  readonly role: TranscriptRole
  /** The span it tells of, where the line does not name it. */
  readonly span?: string
  readonly parent?: string
  /** Which block of the message is meant. */
  readonly block?: number
  /** Time of the line before, where a call has none of its own to start from. */
  readonly after?: string
  /** Time of the turn's last line, where that is another. */
  readonly end?: string
  /** A sub-agent's run that is a trace of its own. */
  readonly link?: { readonly trace: string; readonly span: string }
  /** Another line came after it and before the call: the call starts later. */
  readonly early?: boolean
  /** Who the parent is was told from texts or from the order of lines. */
  readonly inferred?: boolean
  /** It is the span, or only about it, other than lines in its part are. */
  readonly own?: boolean
  /** Facts of the session and of the turn that the line does not repeat, under the file's names. */
  readonly session?: Fields
  readonly turn?: Fields
}

const shape: ContextShape<LineContext> = {
  trace: 'string',
  role: 'string',
  span: 'string',
  parent: 'string',
  block: 'number',
  after: 'string',
  end: 'string',
  link: 'object',
  early: 'boolean',
  inferred: 'boolean',
  own: 'boolean',
  session: 'object',
  turn: 'object',
}

export function lineContext(context: object): LineContext {
  const { trace = '', role = 'note', ...more } = contextIn(context, shape)
  return { trace, role, ...more }
}

export interface Line {
  readonly span: string
  readonly name: string
  readonly time: unknown
  readonly attributes: Attributes
  readonly event: Attributes
  readonly status?: Status
  readonly statusMessage?: string | DeferredText | undefined
  readonly dialect: string
  /** Length in milliseconds, where the line says so. */
  readonly duration?: bigint | undefined
  readonly resource?: Attributes
}

const noScope = { attributes: noAttributes }

/** Lines that tell when a span began, and those that tell when it ended. */
const begins: ReadonlySet<TranscriptRole> = new Set(['prompt', 'input', 'tool_use'])
const ends: ReadonlySet<TranscriptRole> = new Set(['response', 'tool_result', 'answer', 'agent'])
/** Lines that are the span rather than about it. */
const own: ReadonlySet<TranscriptRole> = new Set(['prompt', 'response', 'tool_use'])

export function lineSpan(context: LineContext, line: Line): RawSpan {
  const { role } = context
  const time = parseTime(line.time)
  const after = context.after === undefined ? undefined : parseTime(context.after)?.ns
  const last = context.end === undefined ? undefined : parseTime(context.end)?.ns
  const end = ends.has(role) ? (last ?? time?.ns) : undefined
  const measured = end !== undefined && line.duration !== undefined ? end - line.duration : undefined
  let start: bigint | undefined
  if (begins.has(role)) start = context.early ? undefined : time?.ns
  else if (role === 'response' || role === 'agent' || context.own) start = measured ?? after
  // Told only when it was over: that moment is all there is.
  if (start === undefined && role === 'tool_result' && context.own) start = end
  const parent = context.parent === undefined ? undefined : normalizeId(context.parent)
  const spanId = normalizeId(line.span) ?? ''
  const isOwn = context.own ?? own.has(role)
  const marks: Mark[] = []
  if (isOwn) {
    if (start === undefined) marks.push('no-start')
    if (end === undefined) marks.push('unfinished')
    if (time === undefined) marks.push('undated')
    else if (ends.has(role) && measured === undefined) marks.push('inferred-time')
  }
  if (time?.noZone) marks.push('no-zone')
  if (context.inferred) marks.push('inferred-link')
  // Assigned rather than spread: this runs for every record of a line.
  const event: Mutable<RawEvent> = { name: role, attributes: line.event }
  if (time !== undefined) event.time = time.ns
  const raw: Mutable<RawSpan> = {
    traceId: normalizeId(context.trace) ?? '',
    spanId,
    name: line.name,
    status: line.status ?? 'unset',
    attributes: line.attributes,
    events: [event],
    links: context.link === undefined ? noLinks : [linkTo(context.link)],
    resource: line.resource ?? noAttributes,
    scope: noScope,
    marks,
    dialect: line.dialect,
  }
  if (parent !== undefined && parent !== spanId) raw.parentId = parent
  if (start !== undefined) raw.start = start
  if (end !== undefined) raw.end = end
  else if (line.duration !== undefined) raw.duration = line.duration
  if (line.statusMessage !== undefined) raw.statusMessage = line.statusMessage
  if (!isOwn) raw.fragment = true
  return raw
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const noLinks: readonly never[] = []

function linkTo({ trace, span }: NonNullable<LineContext['link']>): RawLink {
  return { traceId: normalizeId(trace) ?? '', spanId: normalizeId(span) ?? '', attributes: noAttributes }
}

/** Up to its first line break, and not long: what a turn is called after its prompt. */
export function titleOf(text: string): string {
  const start = text.slice(0, 2000).trimStart()
  const line = /^[^\r\n]*/.exec(start)![0].trim()
  return line.length > 100 ? `${line.slice(0, 99).toWellFormed()}…` : line
}

/** An id as a file writes it. Nothing that long is an id. */
export function idIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value.charCodeAt(0) !== 0 ? value : undefined
}

/** A time as a file writes it, short enough to stand in a context. */
export function timeIn(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : idIn(value)
}

/** An id for a line that has none, from what it says. */
export function contentId(record: object, sink: RecordSink): string {
  return contentHash(sink.hold(record)).slice(0, 32)
}

/** A message's blocks; a plain text is one. */
export function blocksOf(message: unknown): readonly unknown[] {
  if (!isObject(message)) return []
  const { content } = message
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content)
}

interface Held {
  readonly json: string
  readonly line: number
  /** Already part of another span. */
  readonly told: boolean
}

const mostHeld = 200
const mostHeldText = 8 << 20

/** Lines that wait for the call they go into. Of too many the first are let go: they stand where else they belong. */
export class HeldLines {
  private lines: Held[] = []
  private size = 0

  get isEmpty(): boolean {
    return this.lines.length === 0
  }

  /** `told`: the line is already part of another span. */
  add(record: object, told: boolean, sink: RecordSink): void {
    const json = sink.hold(record)
    this.lines.push({ json, line: sink.line, told })
    this.size += json.length
    while (this.lines.length > mostHeld || (this.size > mostHeldText && this.lines.length > 1)) {
      const dropped = this.lines.shift()!
      this.size -= dropped.json.length
      if (!dropped.told) sink.skipped('lines before a call, more than are kept with it', 1)
    }
  }

  /** Hands all of them over, in their order. */
  give(sink: RecordSink, read: (record: object, told: boolean, isLast: boolean) => void): void {
    const { lines } = this
    this.lines = []
    this.size = 0
    const last = lines.at(-1)
    for (const held of lines) sink.compose(held.json, record => read(record, held.told, held === last), held.line)
  }
}
