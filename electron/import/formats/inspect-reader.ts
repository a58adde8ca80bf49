import type { JsonObject } from '../../../shared/domain/json.ts'
import { contentHash } from '../derived-ids.ts'
import type { RecordReader, RecordSink } from '../format.ts'
import { attachmentsIn } from './inspect-attachments.ts'
import { idIn, timeIn } from './transcript.ts'
import { isObject, listOf, type Fields, printed } from './values.ts'

export interface InspectContext {
  readonly trace: string
  readonly span: string
  readonly parent?: string
  readonly role: 'sample' | 'event' | 'conversation' | 'end' | 'note'
  /** Of a sample: when its events began and ended. */
  readonly start?: string
  readonly end?: string
  /** What the log says of the whole evaluation. */
  readonly eval?: Fields
}

/** Events that took time, or judged: each a span of its own. */
const spans = new Set(['span_begin', 'step', 'model', 'tool', 'score', 'sandbox', 'subtask'])
/** Events that repeat what messages, stores and samples say. */
const repeats = new Set(['state', 'store', 'sample_init', 'branch'])
const mostNotes = 200

export class InspectReader implements RecordReader {
  private eval: Fields | undefined

  read(record: JsonObject, sink: RecordSink): void {
    if (isObject(record['eval'])) {
      this.eval = evalOf(record['eval'])
      const samples = listOf(record['samples'])
      for (const sample of samples) if (isObject(sample)) this.sample(sample, sink)
      if (samples.length === 0) sink.skipped('Inspect headers', 1)
    } else if ('epoch' in record && ('messages' in record || 'events' in record)) this.sample(record, sink)
    else sink.skipped('Inspect summaries', 1)
  }

  private sample(sample: Fields, sink: RecordSink): void {
    const of = this.eval
    const id = typeof sample['id'] === 'number' ? sample['id'] : (idIn(sample['id']) ?? '')
    const run = idIn(of?.['eval_id']) ?? idIn(of?.['run_id']) ?? ''
    const trace =
      idIn(sample['uuid']) ?? contentHash(JSON.stringify([run, id, Number(printed(sample['epoch']))])).slice(0, 32)
    const events = listOf(sample['events']).filter(isObject)
    const attachments = isObject(sample['attachments']) ? sample['attachments'] : {}
    const withTexts = (part: Fields): Fields => {
      const used = Object.create(null) as Record<string, unknown>
      attachmentsIn(part, attachments, used)
      return Object.keys(used).length === 0 ? part : { ...part, attachments: used }
    }
    const { events: _events, attachments: _attachments, events_data: pool, ...rest } = sample
    const start = timeIn(sample['started_at'] ?? events[0]?.['timestamp'])
    const end = timeIn(sample['completed_at'] ?? events.at(-1)?.['timestamp'])
    const times = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
    const around = of ? { eval: of } : {}
    sink.span(withTexts(rest), { trace, span: trace, role: 'sample', ...times, ...around })
    const tree = new Tree(trace)
    let notes = 0
    let calls = 0
    const tell = (list: readonly Fields[], prefix: string, parent: string | undefined) => {
      list.forEach((event, i) => {
        const name = idIn(event['event']) ?? ''
        const own = `${prefix}${i}`
        const context = { trace, role: 'event', ...around } as const
        if (name === 'span_end' || (name === 'step' && event['action'] === 'end')) {
          const ended = tree.leave(event)
          if (ended !== undefined) sink.span(event, { ...context, role: 'end', span: ended })
        } else if (spans.has(name)) {
          if (name === 'model') calls++
          const span = tree.idOf(event, own)
          const above = parent ?? tree.parentOf(event)
          if (name === 'span_begin' || name === 'step') tree.enter(event, span)
          const { events: inner, ...shallow } = event
          const record = withTexts(name === 'model' ? withInput(shallow, pool) : shallow)
          sink.span(record, { ...context, span, ...(above === span ? {} : { parent: above }) })
          // Tools and subtasks held their own events before spans did.
          tell(listOf(inner).filter(isObject), `${own}.`, span)
        } else if (repeats.has(name) || notes++ >= mostNotes) sink.skipped('Inspect events that repeat the state', 1)
        else sink.span(withTexts(event), { ...context, role: 'note', span: parent ?? tree.parentOf(event) })
      })
    }
    tell(events, 'event ', undefined)
    // Without events the conversation is all there is of the calls.
    const output = isObject(sample['output']) ? sample['output'] : undefined
    if (calls === 0 && listOf(output?.['choices']).length > 0) {
      const record = withTexts({ input: sample['messages'], output })
      sink.span(record, { trace, role: 'conversation', span: 'conversation', parent: trace, ...around })
    }
  }
}

/** Which span an event stands in: the one it names, else the step that is open. */
class Tree {
  private readonly root: string
  private readonly known = new Set<string>()
  private readonly steps: string[] = []

  constructor(root: string) {
    this.root = root
  }

  idOf(event: Fields, own: string): string {
    if (event['event'] === 'span_begin') return idIn(event['id']) ?? own
    return idIn(event['uuid']) ?? own
  }

  parentOf(event: Fields): string {
    const named = event['event'] === 'span_begin' ? idIn(event['parent_id']) : idIn(event['span_id'])
    if (named !== undefined && this.known.has(named)) return named
    return this.steps.at(-1) ?? this.root
  }

  enter(event: Fields, span: string): void {
    if (event['event'] === 'span_begin') this.known.add(span)
    else this.steps.push(span)
  }

  leave(event: Fields): string | undefined {
    if (event['event'] === 'step') return this.steps.pop()
    const id = idIn(event['id'])
    return id !== undefined && this.known.has(id) ? id : undefined
  }
}

/** Later versions keep each message once, and of a call's input only the ranges: [[first, after the last], …]. */
function withInput(event: Fields, pool: unknown): Fields {
  const messages = listOf(isObject(pool) ? pool['messages'] : undefined)
  const ranges = listOf(event['input_refs'])
  if (messages.length === 0 || ranges.length === 0 || listOf(event['input']).length > 0) return event
  const input = ranges.slice(0, 10_000).flatMap(range => {
    const [from, to] = listOf(range)
    return Number.isInteger(from) && Number.isInteger(to) ? messages.slice(from as number, to as number) : []
  })
  return { ...event, input: input.slice(0, 100_000) }
}

/** What of the evaluation stands beside each of its samples: who, what, when, on which data. */
function evalOf(written: Fields): Fields {
  const kept: Record<string, unknown> = {}
  for (const name of [
    'eval_id',
    'run_id',
    'created',
    'task',
    'task_id',
    'task_version',
    'task_file',
    'model',
    'solver',
  ]) {
    const value = idIn(written[name])
    if (value !== undefined) kept[name] = value
  }
  for (const [name, field] of [
    ['dataset', 'name'],
    ['packages', 'inspect_ai'],
    ['revision', 'commit'],
  ] as const) {
    const inner = written[name]
    const value = isObject(inner) ? idIn(inner[field]) : undefined
    if (value !== undefined) kept[name] = { [field]: value }
  }
  return kept
}
