import type { JsonObject } from '../../../shared/domain/json.ts'
import { contentHash } from '../derived-ids.ts'
import type { RecordReader, RecordSink } from '../format.ts'
import { blocksOf, contentId, HeldLines, idIn, timeIn, type LineContext } from './transcript.ts'
import { isObject, listOf, type Fields } from './values.ts'

/** One conversation: a session's own, or that of one of its sub-agents. */
interface Thread {
  /** The turn at hand; absent before the first. */
  trace?: string | undefined
  /** The span of the turn or of the agent's run; absent where the file begins in the middle of one. */
  root?: string | undefined
  /** The tool span that started it, where a stream says so. */
  parent?: string
  prompt?: string | undefined
  /** The answer whose lines are being read. */
  call?: string | undefined
  readonly held: HeldLines
  /** Time of the line read last. */
  last?: string | undefined
  /** Time of the last line that belongs to the turn's work: the model's, or a tool's. */
  worked?: string | undefined
  /** The last text the model wrote in this turn. */
  answer?: { readonly json: string; readonly line: number; readonly time: string | undefined }
  readonly agent?: string | undefined
  notes: number
  turns: number
  contexts: Map<string, LineContext>
}

const mostThreads = 200
const mostNotes = 100
const mostSides = 2000

export class ClaudeCodeReader implements RecordReader {
  private readonly threads = new Map<string, Thread>()
  /** Threads of sub-agents inside the session's file, by the id of any of their lines. */
  private readonly sides = new Map<string, string>()
  /** Spans of tools that start agents, by the hash of the prompt they give. */
  private readonly tasks = new Map<string, { readonly tool: string; readonly trace: string }>()
  private lastSide: string | undefined

  read(record: JsonObject, sink: RecordSink): void {
    const { loglines, messages } = record
    if (Array.isArray(loglines)) for (const line of loglines) this.element(line, sink)
    else if (Array.isArray(messages) && !('type' in record)) {
      for (const item of messages) this.element(isObject(item) ? item['message'] : item, sink)
    } else this.line(record, sink)
  }

  end(sink: RecordSink): void {
    for (const key of this.threads.keys()) this.close(key, sink)
  }

  private element(line: unknown, sink: RecordSink): void {
    if (isObject(line)) this.line(line, sink)
    else sink.unreadable('import/not-an-object', 'A line of the session is no object.')
  }

  private line(line: Fields, sink: RecordSink): void {
    const { type } = line
    const isMessage = isObject(line['message'])
    if (type === 'assistant' && isMessage) this.response(line, this.threadOf(line, sink), sink)
    else if (type === 'user' && isMessage) this.user(line, this.threadOf(line, sink), sink)
    else if (type === 'result' && 'session_id' in line) this.result(line, this.threadOf(line, sink), sink)
    else if (type === 'system' && line['subtype'] === 'init') this.begin(line, this.threadOf(line, sink), sink)
    else if (type === 'attachment') this.threadOf(line, sink).held.add(line, false, sink)
    else if (type === 'system' || type === 'user' || type === 'assistant')
      this.note(line, this.threadOf(line, sink), sink)
    else sink.skipped('Claude Code lines about files, progress and screen', 1)
  }

  // Whose line it is

  private threadOf(line: Fields, sink: RecordSink): Thread {
    const agent = idIn(line['agentId'])
    if (agent !== undefined) return this.thread(`agent ${agent}`, sink, agent)
    const tool = idIn(line['parent_tool_use_id'])
    if (tool !== undefined) return this.streamedAgent(tool, sink)
    if (line['isSidechain'] === true) return this.sideOf(line, sink)
    return this.thread(`session ${idIn(line['sessionId']) ?? ''}`, sink)
  }

  private thread(key: string, sink: RecordSink, agent?: string): Thread {
    let thread = this.threads.get(key)
    if (thread) return thread
    if (this.threads.size >= mostThreads) this.close(this.threads.keys().next().value!, sink)
    thread = { held: new HeldLines(), agent, notes: 0, turns: 0, contexts: new Map() }
    this.threads.set(key, thread)
    return thread
  }

  /** In a stream the lines of a sub-agent name the tool call that started it. */
  private streamedAgent(tool: string, sink: RecordSink): Thread {
    const main = this.thread('session ', sink)
    const thread = this.thread(`tool ${tool}`, sink)
    if (thread.trace === undefined) {
      thread.trace = main.trace ?? tool
      thread.root = `${tool} agent`
      thread.parent = tool
    }
    return thread
  }

  /** Sub-agents inside the session's file: each line names the one before it. */
  private sideOf(line: Fields, sink: RecordSink): Thread {
    const parent = idIn(line['parentUuid'])
    const uuid = idIn(line['uuid'])
    const begins = parent === undefined && line['type'] === 'user'
    const key = (parent === undefined ? undefined : this.sides.get(parent)) ?? (begins ? undefined : this.lastSide)
    const side = key ?? `side ${uuid ?? contentId(line, sink)}`
    if (uuid !== undefined) this.sides.set(uuid, side)
    if (this.sides.size > mostSides) this.sides.delete(this.sides.keys().next().value!)
    this.lastSide = side
    return this.thread(side, sink, side)
  }

  // What it says

  private response(line: Fields, thread: Thread, sink: RecordSink): void {
    this.ensureTurn(line, thread, sink)
    const call = callId(line) ?? contentId(line, sink)
    if (call !== thread.call) {
      const after = thread.held.isEmpty ? thread.last : undefined
      thread.call = call
      this.give(thread, call, sink)
      sink.span(line, this.context(thread, 'response', { span: call, ...(after === undefined ? {} : { after }) }))
    } else sink.span(line, this.context(thread, 'response', callId(line) === undefined ? { span: call } : {}))
    const blocks = blocksOf(line['message'])
    let says = false
    blocks.forEach((block, i) => {
      if (!isObject(block)) return
      if (block['type'] === 'text') says ||= block['text'] !== ''
      if (block['type'] !== 'tool_use') return
      const id = blockId(block)
      sink.span(
        line,
        this.context(thread, 'tool_use', { block: i, ...(id === undefined ? { span: `${call} ${i}` } : {}) }),
      )
      if (id !== undefined) this.rememberTask(block, id, thread, sink)
    })
    const time = timeIn(line['timestamp'])
    if (says) thread.answer = { json: sink.hold(line), line: sink.line, time }
    thread.last = thread.worked = time ?? thread.last
  }

  private user(line: Fields, thread: Thread, sink: RecordSink): void {
    const blocks = blocksOf(line['message'])
    const results = blocks.flatMap((block, i) => (isObject(block) && block['type'] === 'tool_result' ? [i] : []))
    if (results.length > 0) {
      this.ensureTurn(line, thread, sink)
      for (const i of results) this.toolResult(line, blocks[i] as Fields, i, thread, sink)
      thread.worked = timeIn(line['timestamp']) ?? thread.worked
    }
    const asked = results.length === 0 && this.isPrompt(line, blocks, thread, sink)
    // In a stream the prompt comes before anything that names the turn.
    const isStream = 'session_id' in line
    if (asked && !isStream) this.beginTurn(line, thread, sink)
    else if (asked) this.endTurn(thread, sink)
    thread.held.add(line, results.length > 0 || (asked && !isStream), sink)
    thread.last = timeIn(line['timestamp']) ?? thread.last
  }

  private toolResult(line: Fields, block: Fields, i: number, thread: Thread, sink: RecordSink): void {
    const rich = isObject(line['toolUseResult']) ? line['toolUseResult'] : undefined
    const agent = idIn(rich?.['agentId'])
    const tool = blockId(block)
    if (agent === undefined || tool === undefined) {
      sink.span(line, this.context(thread, 'tool_result', { block: i }))
      return
    }
    // Newer versions write the turn into the agent's file too; with older ones the agent's run is a trace of its own.
    const link =
      idIn(line['promptId']) === undefined
        ? { trace: agentTrace(agent, rich?.['prompt'], sink), span: agent }
        : undefined
    sink.span(line, this.context(thread, 'tool_result', { block: i, ...(link ? { link } : {}) }))
    if (!link) sink.span(line, { trace: thread.trace!, role: 'agent', span: agent, parent: tool })
  }

  /** A line that asks for something, rather than one the program wrote in the user's name. */
  private isPrompt(line: Fields, blocks: readonly unknown[], thread: Thread, sink: RecordSink): boolean {
    if (line['isMeta'] === true || line['isCompactSummary'] === true || blocks.length === 0) return false
    const prompt = idIn(line['promptId'])
    if (prompt !== undefined && prompt === thread.prompt) return false
    const first = blocks.find(block => isObject(block) && block['type'] === 'text') ?? blocks[0]
    const written = isObject(first) ? first['text'] : first
    if (typeof written !== 'string') return true
    return !byTheProgram.test(sink.text(written).slice(0, 80))
  }

  private note(line: Fields, thread: Thread, sink: RecordSink): void {
    if (thread.root === undefined || thread.notes >= mostNotes) {
      sink.skipped('Claude Code lines between turns, or more notes than a turn keeps', 1)
      return
    }
    thread.notes++
    sink.span(line, this.context(thread, 'note', { span: thread.root }))
  }

  // Turns

  private beginTurn(line: Fields, thread: Thread, sink: RecordSink): void {
    this.endTurn(thread, sink)
    const { agent } = thread
    const prompt = idIn(line['promptId'])
    const own = idIn(line['uuid']) ?? contentId(line, sink)
    thread.turns++
    if (prompt !== undefined) thread.prompt = prompt
    let parent: string | undefined
    let inferred = false
    if (agent === undefined) thread.trace = thread.root = prompt ?? own
    else if (agent.startsWith('side ')) {
      const task = this.taskOf(line, sink)
      thread.trace = task?.trace ?? this.mainTrace(line) ?? own
      thread.root = own
      parent = task?.tool
      inferred = task !== undefined
    } else {
      thread.trace = prompt ?? agentTrace(agent, promptText(line), sink)
      thread.root = agent
    }
    sink.span(line, {
      trace: thread.trace,
      role: 'prompt',
      span: thread.root,
      ...(parent === undefined ? {} : { parent }),
      ...(inferred ? { inferred } : {}),
    })
  }

  /** A streamed session names itself before its first turn. */
  private begin(line: Fields, thread: Thread, sink: RecordSink): void {
    this.endTurn(thread, sink)
    thread.turns++
    thread.trace = thread.root =
      idIn(line['uuid']) ?? `${idIn(line['session_id']) ?? contentId(line, sink)} ${thread.turns}`
    sink.span(line, this.context(thread, 'prompt', { span: thread.root }))
  }

  private result(line: Fields, thread: Thread, sink: RecordSink): void {
    if (thread.trace === undefined) this.begin(line, thread, sink)
    else if (thread.root !== undefined) sink.span(line, this.context(thread, 'answer', { span: thread.root }))
    delete thread.answer
    this.endTurn(thread, sink)
  }

  /** A file may begin in the middle of a turn: then its spans have no common root. */
  private ensureTurn(line: Fields, thread: Thread, sink: RecordSink): void {
    if (thread.trace !== undefined) return
    const prompt = idIn(line['promptId'])
    if (prompt !== undefined) thread.prompt = prompt
    thread.trace =
      prompt ??
      (thread.agent === undefined ? undefined : this.mainTrace(line)) ??
      idIn(line['uuid']) ??
      contentId(line, sink)
  }

  private mainTrace(line: Fields): string | undefined {
    return this.threads.get(`session ${idIn(line['sessionId']) ?? ''}`)?.trace
  }

  private endTurn(thread: Thread, sink: RecordSink): void {
    const { answer, root, worked } = thread
    if (answer && root !== undefined) {
      const end = worked !== undefined && worked !== answer.time ? { end: worked } : {}
      const context = this.context(thread, 'answer', { span: root, ...end })
      sink.compose(answer.json, record => sink.span(record, context), answer.line)
    }
    thread.contexts = new Map()
    thread.notes = 0
    delete thread.answer
    delete thread.trace
    delete thread.root
    delete thread.call
    delete thread.worked
  }

  private close(key: string, sink: RecordSink): void {
    const thread = this.threads.get(key)!
    const { trace, root } = thread
    if (trace !== undefined && root !== undefined) {
      thread.held.give(sink, (record, told) => {
        if (!told) sink.span(record, this.context(thread, 'note', { span: root }))
      })
    }
    this.endTurn(thread, sink)
    this.threads.delete(key)
  }

  private give(thread: Thread, call: string, sink: RecordSink): void {
    if (thread.held.isEmpty) return
    const context = this.context(thread, 'input', { span: call })
    const early = { ...context, early: true }
    const { root, parent } = thread
    thread.held.give(sink, (record, told, isLast) => {
      sink.span(record, isLast ? context : early)
      const line = record as Fields
      if (!told && root !== undefined && 'session_id' in line && line['type'] === 'user') {
        sink.span(record, this.context(thread, 'prompt', { span: root, ...(parent === undefined ? {} : { parent }) }))
      }
    })
  }

  // Sub-agents inside the session's file

  private rememberTask(block: Fields, tool: string, thread: Thread, sink: RecordSink): void {
    const prompt = isObject(block['input']) ? block['input']['prompt'] : undefined
    if (typeof prompt !== 'string') return
    this.tasks.set(contentHash(sink.text(prompt)), { tool, trace: thread.trace! })
    if (this.tasks.size > mostThreads) this.tasks.delete(this.tasks.keys().next().value!)
  }

  private taskOf(line: Fields, sink: RecordSink): { readonly tool: string; readonly trace: string } | undefined {
    const prompt = promptText(line)
    return typeof prompt === 'string' ? this.tasks.get(contentHash(sink.text(prompt))) : undefined
  }

  /** One object a turn for lines that share everything: contexts are kept once each. */
  private context(thread: Thread, role: LineContext['role'], more: Partial<LineContext>): LineContext {
    const { trace, root } = thread
    const key =
      Object.keys(more).length === 0 ? role : more.block === undefined || more.span ? '' : `${role} ${more.block}`
    const known = key === '' || more.link ? undefined : thread.contexts.get(key)
    if (known) return known
    const parent = root !== undefined && more.span !== root && more.parent === undefined ? { parent: root } : {}
    const context: LineContext = { trace: trace!, role, ...parent, ...more }
    if (key !== '' && !more.link) thread.contexts.set(key, context)
    return context
  }
}

const byTheProgram =
  /^\s*(?:<local-command-|<command-(?:stdout|stderr)|<bash-(?:stdout|stderr)|<task-notification>|Caveat: The messages below|\[Request interrupted by user)/

function promptText(line: Fields): unknown {
  const first = listOf(blocksOf(line['message']))[0]
  return isObject(first) ? first['text'] : first
}

/** The run of a sub-agent that names no turn: both files know its id and its prompt. */
function agentTrace(agent: string, prompt: unknown, sink: RecordSink): string {
  return contentHash(`${agent}\0${typeof prompt === 'string' ? sink.text(prompt) : ''}`).slice(0, 32)
}

/** Calls are told apart by the message's id, with the request's where there is one: gateways give messages the same id. */
export function callId(line: Fields): string | undefined {
  const message = isObject(line['message']) ? line['message'] : undefined
  const id = idIn(message?.['id']) ?? idIn(line['uuid'])
  const request = idIn(line['requestId'])
  return id === undefined || request === undefined ? id : `${id}:${request}`
}

export function blockId(block: unknown): string | undefined {
  return isObject(block) ? (idIn(block['id']) ?? idIn(block['tool_use_id'])) : undefined
}
