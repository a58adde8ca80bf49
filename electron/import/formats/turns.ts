// What the logs of smaller coding agents share: a line is a prompt, an answer of the model or the result of a tool. A format
// says which; turns, calls and tools follow.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { contentHash } from '../derived-ids.ts'
import {
  noAttributes,
  type Certainty,
  type Defer,
  type RecordReader,
  type RecordSink,
  type TraceFormat,
} from '../format.ts'
import { blocksOf, HeldLines, idIn, lineSpan, timeIn, titleOf, type LineContext, lineContext } from './transcript.ts'
import { isObject, listOf, plainAttributes, plainValue, textIn, type Fields } from './values.ts'

/** What a line is. `tools` are the ids of the blocks of an answer that ask for one, where a block does. */
export type Step =
  | { readonly is: 'session'; readonly id: string | undefined }
  | { readonly is: 'prompt' | 'response' | 'aside'; readonly id?: string | undefined }
  | { readonly is: 'tool_use' | 'tool_result'; readonly tool: string | undefined }

export interface TurnDialect {
  readonly id: string
  readonly label: string
  detect(record: JsonObject): Certainty
  step(line: Fields): Step
  /** The session a line names. */
  session?(line: Fields): string | undefined
}

/** The message of a line, under any of the names it has. */
export function messageIn(line: Fields): Fields {
  const { message, data } = line
  return isObject(message) ? message : isObject(data) ? data : {}
}

function partsOf(line: Fields): readonly unknown[] {
  const message = messageIn(line)
  return Array.isArray(message['parts']) ? message['parts'] : blocksOf(message)
}

/** The id of a block that asks for a tool: pi's `toolCall`, Gemini's `functionCall`. */
function toolOf(block: unknown): Fields | undefined {
  if (!isObject(block)) return undefined
  if (isObject(block['functionCall'])) return block['functionCall']
  return block['type'] === 'toolCall' ? block : undefined
}

class TurnReader implements RecordReader {
  private readonly dialect: TurnDialect
  private session: string | undefined
  private trace: string | undefined
  private root: string | undefined
  private readonly held = new HeldLines()
  private turns = 0
  private calls = 0
  private last: string | undefined
  private answer: { readonly json: string; readonly line: number } | undefined

  constructor(dialect: TurnDialect) {
    this.dialect = dialect
  }

  read(line: JsonObject, sink: RecordSink): void {
    const step = this.dialect.step(line)
    this.session = this.dialect.session?.(line) ?? this.session
    switch (step.is) {
      case 'session':
        this.session = step.id ?? this.session
        return sink.skipped(`Lines of ${this.dialect.label.replace(/ (?:session|events)$/, '')} about the session`, 1)
      case 'aside':
        return sink.skipped(`Lines of ${this.dialect.label.replace(/ (?:session|events)$/, '')} about the session`, 1)
      case 'prompt':
        this.end(sink)
        this.turns++
        this.calls = 0
        this.trace = this.root = step.id ?? this.idOf(`turn ${this.turns}`)
        sink.span(line, this.context('prompt', this.root))
        this.held.add(line, true, sink)
        break
      case 'response':
        this.response(line, step.id, sink)
        break
      default:
        this.ensureTurn()
        if (step.tool === undefined) return sink.skipped(`${this.dialect.label} results without a tool`, 1)
        sink.span(line, this.context(step.is, step.tool))
        if (step.is === 'tool_result') this.held.add(line, true, sink)
    }
    this.last = timeIn(line['timestamp']) ?? this.last
  }

  end(sink: RecordSink): void {
    const { answer, root } = this
    if (answer && root !== undefined) {
      sink.compose(answer.json, record => sink.span(record, this.context('answer', root)), answer.line)
    }
    this.answer = undefined
  }

  private response(line: JsonObject, id: string | undefined, sink: RecordSink): void {
    this.ensureTurn()
    const span = id ?? `call ${++this.calls}`
    const after = this.held.isEmpty && this.last !== undefined ? { after: this.last } : {}
    const input = this.context('input', span)
    this.held.give(sink, (record, _told, isLast) => sink.span(record, isLast ? input : { ...input, early: true }))
    sink.span(line, { ...this.context('response', span), ...after })
    partsOf(line).forEach((block, i) => {
      const tool = toolOf(block)
      if (tool) sink.span(line, { ...this.context('tool_use', idIn(tool['id']) ?? `${span} ${i}`), block: i })
    })
    this.answer = { json: sink.hold(line), line: sink.line }
  }

  private ensureTurn(): void {
    this.trace ??= this.idOf('turn 0')
  }

  private idOf(what: string): string {
    return contentHash(`${this.dialect.id} ${this.session} ${what}`).slice(0, 32)
  }

  private context(role: LineContext['role'], span: string): LineContext {
    const { root, session } = this
    return {
      trace: this.trace!,
      role,
      span,
      ...(root === undefined || root === span ? {} : { parent: root }),
      ...(session === undefined ? {} : { session: { id: session } }),
    }
  }
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const line = record as Fields
  const c = lineContext(context)
  const message = messageIn(line)
  const block = c.block === undefined ? undefined : partsOf(line)[c.block]
  const tool = toolOf(block)
  return lineSpan(c, {
    span: c.span ?? '',
    name: nameOf(line, message, tool, c, defer),
    time: line['timestamp'],
    attributes: noAttributes,
    // Of a message that asks for several tools, the one meant.
    event: plainAttributes(tool ? { timestamp: line['timestamp'], tool } : line, defer),
    ...statusOf(message, line, c, defer),
    ...(c.session === undefined ? {} : { resource: plainAttributes(c.session, defer) }),
    dialect: 'agent-turns',
  })
}

function nameOf(line: Fields, message: Fields, tool: Fields | undefined, c: LineContext, defer: Defer): string {
  if (c.role === 'response') return textIn(message['model'] ?? line['model'], defer) ?? 'assistant'
  if (c.role === 'tool_use') return textIn(tool?.['name'] ?? message['toolName'], defer) ?? 'tool'
  if (c.role !== 'prompt') return ''
  for (const part of partsOf(line)) {
    const text = isObject(part) ? textIn(part['text'], defer) : undefined
    if (text !== undefined && text !== '') return titleOf(text)
  }
  return ''
}

function statusOf(
  message: Fields,
  line: Fields,
  { role }: LineContext,
  defer: Defer,
): Pick<RawSpan, 'statusMessage'> & { status?: 'ok' | 'error' } {
  const said = message['errorMessage']
  const error = typeof said === 'string' && said !== '' ? { statusMessage: plainValue(said, defer) as string } : {}
  if (role === 'response') return message['stopReason'] === 'error' ? { status: 'error', ...error } : error
  if (role !== 'tool_result') return {}
  const result = isObject(line['toolCallResult']) ? line['toolCallResult'] : undefined
  const failed = message['isError'] === true || message['success'] === false || result?.['status'] === 'error'
  return { status: failed ? 'error' : 'ok' }
}

/** A format of the smaller sort. */
export function turnFormat(dialect: TurnDialect): TraceFormat {
  return {
    id: dialect.id,
    label: dialect.label,
    detect: record => dialect.detect(record),
    open: () => new TurnReader(dialect),
    rawSpan,
  }
}

/** Whether a message holds nothing but results of tools. */
export function firstResult(line: Fields): Fields | undefined {
  for (const part of listOf(messageIn(line)['parts'])) {
    if (isObject(part) && isObject(part['functionResponse'])) return part['functionResponse']
  }
  return undefined
}
