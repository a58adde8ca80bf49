import type { JsonObject } from '../../../shared/domain/json.ts'
import { contentHash } from '../derived-ids.ts'
import type { RecordReader, RecordSink } from '../format.ts'
import { contentId, HeldLines, idIn, timeIn, type LineContext } from './transcript.ts'
import { isObject, listOf, type Fields, printed } from './values.ts'

const mostNotes = 100
const mostTools = 10_000

/** What a line is about; in the old form the line is it. */
export function payloadOf(line: Fields): Fields {
  return isObject(line['payload']) ? line['payload'] : line
}

export class CodexReader implements RecordReader {
  private session: Fields | undefined
  private turn: Fields | undefined
  private trace: string | undefined
  private root: string | undefined
  private turns = 0
  /** The turn began with what the user said. */
  private turnless = false
  private notes = 0
  private readonly held = new HeldLines()
  private calls = 0
  /** Items of the call at hand have been seen. */
  private open = false
  private last: string | undefined
  private total = ''
  private readonly tools = new Set<string>()

  read(line: JsonObject, sink: RecordSink): void {
    if (isObject(line['payload'])) this.wrapped(line, line['payload'], sink)
    else if (typeof line['type'] === 'string') this.bare(line, sink)
    else if ('instructions' in line) this.meta(line, line, sink)
    else sink.skipped('Codex lines about the state between turns', 1)
  }

  end(sink: RecordSink): void {
    const { root } = this
    this.held.give(sink, (record, told) => {
      if (!told && root !== undefined) sink.span(record, this.context('note', root))
    })
  }

  private wrapped(line: Fields, payload: Fields, sink: RecordSink): void {
    switch (line['type']) {
      case 'session_meta':
        this.meta(line, payload, sink)
        break
      case 'turn_context':
        this.turnContext(line, payload, sink)
        break
      case 'response_item':
        this.item(line, payload, sink)
        break
      case 'event_msg':
        this.event(line, payload, sink)
        break
      case 'compacted':
        this.note(line, sink)
        break
      default:
        sink.skipped('Codex lines about the state between turns', 1)
    }
    this.last = timeIn(line['timestamp']) ?? this.last
  }

  /** Before autumn 2025: items alone. A call ends where the next is given something. */
  private bare(line: Fields, sink: RecordSink): void {
    const isInput = line['role'] === 'user' || printed(line['type']).endsWith('_output')
    if (isInput && this.open) this.close()
    if (line['role'] === 'user' && !isSurroundings(line, sink)) {
      this.begin(undefined)
      sink.span(line, this.rootContext('prompt'))
      this.held.add(line, true, sink)
    } else this.item(line, line, sink)
  }

  private meta(line: Fields, payload: Fields, sink: RecordSink): void {
    // A fork repeats its parent's header after its own.
    if (this.session) return sink.skipped('Codex lines about the state between turns', 1)
    const session: Record<string, unknown> = {}
    for (const name of ['id', 'cwd', 'originator', 'cli_version', 'model_provider', 'parent_thread_id']) {
      const value = idIn(payload[name])
      if (value !== undefined) session[name] = value
    }
    this.session = session
    this.held.add(line, false, sink)
  }

  private turnContext(line: Fields, payload: Fields, sink: RecordSink): void {
    const id = idIn(payload['turn_id'])
    if (id !== undefined && id !== this.trace) this.begin(id)
    const turn: Record<string, unknown> = {}
    for (const name of ['model', 'effort', 'summary', 'approval_policy']) {
      const value = idIn(payload[name])
      if (value !== undefined) turn[name] = value
    }
    this.turn = turn
    if (this.root !== undefined) this.note(line, sink)
  }

  // What the model was told and said

  private item(line: Fields, payload: Fields, sink: RecordSink): void {
    const type = idIn(payload['type']) ?? ''
    const call = idIn(payload['call_id'])
    if (type === 'message' ? payload['role'] !== 'assistant' : type === 'agent_message') {
      this.held.add(line, false, sink)
    } else if (type.endsWith('_output')) {
      if (call !== undefined) this.tool(line, call, sink)
      this.held.add(line, call !== undefined, sink)
    } else if (type === 'message' || type === 'reasoning' || type.endsWith('_call')) {
      this.respond(line, sink)
      if (call !== undefined) this.tool(line, call, sink, 'tool_use')
    } else this.note(line, sink)
  }

  private respond(line: Fields, sink: RecordSink): void {
    this.ensureTurn(line, sink)
    const span = `call ${this.calls + 1}`
    if (this.open) {
      sink.span(line, this.callContext('response', span))
      return
    }
    this.open = true
    const after = this.held.isEmpty && this.last !== undefined ? { after: this.last } : {}
    const input = this.context('input', span)
    this.held.give(sink, (record, _told, isLast) => sink.span(record, isLast ? input : { ...input, early: true }))
    sink.span(line, { ...this.callContext('response', span), ...after })
  }

  private close(): void {
    this.calls++
    this.open = false
  }

  /** A line about a tool: what it was asked, or what came of it. One that nobody asked for is the span itself. */
  private tool(line: Fields, call: string, sink: RecordSink, role: 'tool_use' | 'tool_result' = 'tool_result'): void {
    this.ensureTurn(line, sink)
    const isKnown = this.tools.has(call)
    this.tools.add(call)
    if (this.tools.size > mostTools) this.tools.delete(this.tools.values().next().value!)
    sink.span(line, { ...this.context(role, call), ...(isKnown || role === 'tool_use' ? {} : { own: true }) })
  }

  // What happened meanwhile

  private event(line: Fields, payload: Fields, sink: RecordSink): void {
    const type = idIn(payload['type']) ?? ''
    const call = idIn(payload['call_id'])
    switch (type) {
      case 'task_started':
      case 'turn_started':
        this.begin(idIn(payload['turn_id']))
        sink.span(line, this.rootContext('prompt'))
        return
      case 'user_message':
        this.userMessage(line, sink)
        return
      case 'token_count':
        this.tokens(line, payload, sink)
        return
      case 'task_complete':
      case 'turn_complete':
      case 'turn_aborted':
        if (this.root !== undefined) sink.span(line, this.rootContext('answer'))
        return
      case 'agent_message':
      case 'agent_reasoning':
      case 'agent_reasoning_raw_content':
        sink.skipped('Codex events that repeat an item', 1)
        return
      case 'item_completed':
        this.completed(line, payload, sink)
        return
      default:
        if (call !== undefined && type.endsWith('_end')) this.tool(line, call, sink)
        else this.note(line, sink)
    }
  }

  private userMessage(line: Fields, sink: RecordSink): void {
    const hasWorked = this.open || this.calls > 0
    // Turns without a beginning of their own (before 2025-10) begin with what the user said.
    if (this.root === undefined || (this.turnless && hasWorked)) {
      this.begin(undefined)
      this.turnless = true
      sink.span(line, this.rootContext('prompt'))
    } else if (this.root !== undefined) sink.span(line, { ...this.rootContext('prompt'), own: false })
  }
  /** Work done inside a tool of its own, told only when it is over. */
  private completed(line: Fields, payload: Fields, sink: RecordSink): void {
    const item = isObject(payload['item']) ? payload['item'] : {}
    const id = idIn(item['id'])
    const isWork = /^(?:CommandExecution|McpToolCall|FileChange|WebSearch|Extension)$/.test(idIn(item['type']) ?? '')
    if (isWork && id !== undefined && !this.tools.has(id)) this.tool(line, id, sink)
    else sink.skipped('Codex events that repeat an item', 1)
  }

  /** The sum so far is repeated whenever limits are; only where it changes has a call ended. */
  private tokens(line: Fields, payload: Fields, sink: RecordSink): void {
    const info = isObject(payload['info']) ? payload['info'] : undefined
    const total = isObject(info?.['total_token_usage'])
      ? JSON.stringify(Object.values(info['total_token_usage']), plain)
      : ''
    const isNew = total !== '' && total !== this.total
    if (total !== '') this.total = total
    if (isNew) {
      this.ensureTurn(line, sink)
      const context = this.callContext('usage', `call ${this.calls + 1}`)
      sink.span(line, this.open ? context : { ...context, own: true })
      this.close()
    } else if (this.open) this.close()
    else sink.skipped('Codex counts of tokens without a call', 1)
  }

  private note(line: Fields, sink: RecordSink): void {
    if (this.root === undefined || this.notes >= mostNotes) {
      sink.skipped('Codex lines between turns, or more notes than a turn keeps', 1)
      return
    }
    this.notes++
    sink.span(line, this.context('note', this.root))
  }

  // Turns

  private begin(id: string | undefined): void {
    if (this.open) this.close()
    this.turns++
    this.trace = this.root = id ?? contentHash(`${printed(this.session?.['id'])} ${this.turns}`).slice(0, 32)
    this.calls = 0
    this.notes = 0
    this.turnless = false
  }

  /** A file may begin in the middle of a turn: then its spans have no common root. */
  private ensureTurn(line: Fields, sink: RecordSink): void {
    if (this.trace !== undefined) return
    const session = idIn(this.session?.['id'])
    this.trace = contentHash(session === undefined ? contentId(line, sink) : `${session} 0`).slice(0, 32)
  }

  private context(role: LineContext['role'], span: string): LineContext {
    const { root } = this
    return { trace: this.trace!, role, span, ...(root === undefined || root === span ? {} : { parent: root }) }
  }

  private callContext(role: LineContext['role'], span: string): LineContext {
    const { session, turn } = this
    return { ...this.context(role, span), ...(session ? { session } : {}), ...(turn ? { turn } : {}) }
  }

  private rootContext(role: LineContext['role']): LineContext {
    const { session } = this
    return { ...this.context(role, this.root!), ...(session ? { session } : {}) }
  }
}

/** What the program tells the model about the folder and the user's rules, in the user's name. */
function isSurroundings(line: Fields, sink: RecordSink): boolean {
  const first = listOf(line['content'])[0]
  const text = isObject(first) ? first['text'] : undefined
  return (
    typeof text === 'string' && /^\s*<(?:environment_context|user_instructions)>/.test(sink.text(text).slice(0, 80))
  )
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
