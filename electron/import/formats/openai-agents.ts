// What exporters of the OpenAI Agents SDK are handed: `{object: "trace"}` and `{object: "trace.span"}`, one a line or
// as the bodies sent to OpenAI (`{data: [...]}`). https://openai.github.io/openai-agents-python/tracing/
// A trace is no span of its own: its workflow, group and metadata stand around its spans.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import type { Certainty, Defer, RecordReader, RecordSink, TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { isObject, listOf, plainAttributes, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  const inner = Array.isArray(record['data']) ? record['data'][0] : undefined
  return isItem(record) || (isObject(inner) && isItem(inner)) ? 'certain' : 'no'
}

function isItem(record: Fields): boolean {
  return 'object' in record && (('span_data' in record && 'trace_id' in record) || 'workflow_name' in record)
}

/** Traces and roots remembered, and characters of a trace that are put around its spans. */
const most = { traces: 4096, characters: 16 << 10 }

class AgentsReader implements RecordReader {
  private readonly traces = new Map<string, Fields>()
  /** Roots of traces that were not told of before their spans. */
  private readonly roots = new Map<string, string>()

  read(record: JsonObject, sink: RecordSink): void {
    for (const item of isItem(record) ? [record] : listOf(record['data'])) {
      if (!isObject(item) || !isItem(item))
        sink.unreadable('import/not-a-span', 'An item that is no trace and no span.')
      else if ('span_data' in item) this.readSpan(item, sink)
      else this.readTrace(item, sink)
    }
  }

  private readTrace(trace: Fields, sink: RecordSink): void {
    const id = textOf(trace['id'], sink)
    const root = this.roots.get(id)
    // Too late to stand around its spans: said of the first root among them.
    if (root !== undefined) sink.span(trace, { root })
    else {
      const whole = sink.hold(trace)
      const { workflow_name, group_id } = trace
      const told = whole.length <= most.characters ? whole : sink.hold({ workflow_name, group_id })
      remember(this.traces, id, told.length <= most.characters ? (JSON.parse(told) as Fields) : {})
      sink.skipped('OpenAI Agents traces (kept with their spans)', 1)
    }
  }

  private readSpan(span: Fields, sink: RecordSink): void {
    const trace = textOf(span['trace_id'], sink)
    const around = this.traces.get(trace)
    sink.span(span, around ?? nothing)
    const isRoot = span['parent_id'] === null || span['parent_id'] === undefined
    if (around === undefined && isRoot && !this.roots.has(trace)) {
      remember(this.roots, trace, textOf(span['id'], sink))
    }
  }
}

const nothing = Object.freeze({})

function textOf(value: unknown, sink: RecordSink): string {
  return typeof value === 'string' ? sink.text(value) : ''
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size < most.traces || map.has(key)) map.set(key, value)
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const item = record as Fields
  const around = context as Fields
  const isSpan = 'span_data' in item
  const { span_data: data, error } = item
  const raw = spanOfFields(
    {
      traceId: isSpan ? item['trace_id'] : item['id'],
      spanId: isSpan ? item['id'] : around['root'],
      parentId: item['parent_id'],
      name: isSpan ? nameIn(data) : undefined,
      start: item['started_at'],
      end: item['ended_at'],
      status: error === null || error === undefined ? undefined : 'ERROR',
      message: isObject(error) ? error['message'] : error,
      attributes: isSpan ? plainAttributes(item, defer) : plainAttributes({}, defer),
      resource: isSpan ? around : item,
    },
    defer,
  )
  return { ...raw, dialect: 'openai-agents', ...(isSpan ? {} : { fragment: true }) }
}

/** Spans have no name of their own: what they ran has, or else they are what they did. */
function nameIn(data: unknown): unknown {
  if (!isObject(data)) return undefined
  const { name, type } = data
  return typeof name === 'string' && name !== '' ? name : type
}

export const openaiAgents: TraceFormat = {
  id: 'openai-agents',
  label: 'OpenAI Agents SDK traces',
  detect,
  open: () => new AgentsReader(),
  rawSpan,
}
