// Requests that PromptLayer tracked. https://docs.promptlayer.com/reference/log-request
// Its spans are span rows (span-rows.ts) whose model calls are told only here: a request joins the span it names where
// both are in one file. A request's body carries the account's key.

import type { JsonObject } from '../../../shared/domain/json.ts'
import { normalizeId } from '../../../shared/domain/ids.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { parseTime } from '../../../shared/domain/times.ts'
import { alone, type Certainty, type Defer, type RecordReader, type RecordSink, type TraceFormat } from '../format.ts'
import { providerSpan } from './provider-span.ts'
import { idOf, contextIn, isObject, listOf, plainAttributes, textIn, type Fields } from './values.ts'
import { spanRows } from './span-rows.ts'
import { idIn } from './transcript.ts'

function isRequest(record: Fields): boolean {
  return 'function_name' in record && 'provider_type' in record && ('request_response' in record || 'kwargs' in record)
}

/** Spans of its own SDK: a function's arguments and result. */
function isSpans(record: Fields): boolean {
  const first = listOf(record['spans'])[0]
  const attributes = isObject(first) && isObject(first['context']) ? first['attributes'] : undefined
  return isObject(attributes) && 'function_input' in attributes
}

function detect(record: JsonObject): Certainty {
  return isRequest(record) || isSpans(record) ? 'certain' : 'no'
}

interface Context {
  readonly trace?: string
}

const most = { spans: 100_000, held: 1000, bytes: 16 << 20 }

class Reader implements RecordReader {
  private readonly traces = new Map<string, string>()
  /** Requests whose span has not come by: it is often exported later. */
  private readonly held = new Map<string, { json: string; line: number }>()
  private bytes = 0

  read(record: JsonObject, sink: RecordSink): void {
    if (isRequest(record)) this.readRequest(record, sink)
    else this.readSpans(record, sink)
  }

  private readRequest(record: JsonObject, sink: RecordSink): void {
    const span = normalizeId(idIn(record['span_id']))
    const trace = span === undefined ? undefined : this.traces.get(span)
    if (trace !== undefined) sink.span(record, { trace })
    else if (span === undefined || this.held.has(span) || this.held.size >= most.held || this.bytes > most.bytes) {
      sink.span(record, alone)
    } else {
      const json = sink.hold(record)
      this.bytes += json.length
      this.held.set(span, { json, line: sink.line })
    }
  }

  private readSpans(record: JsonObject, sink: RecordSink): void {
    const { spans, ...wrapper } = record
    const found: [span: string, trace: string][] = []
    for (const row of listOf(spans)) {
      if (!isObject(row)) {
        sink.unreadable('import/not-a-span', 'A span that is not an object.')
        continue
      }
      sink.span(row, wrapper, { as: spanRows.id })
      const at = isObject(row['context']) ? row['context'] : row
      const span = normalizeId(idIn(at['span_id']))
      const trace = normalizeId(idIn(at['trace_id']))
      if (span === undefined || trace === undefined) continue
      if (this.traces.size < most.spans) this.traces.set(span, trace)
      if (this.held.has(span)) found.push([span, trace])
    }
    for (const [span, trace] of found) this.release(span, { trace }, sink)
  }

  private release(span: string, context: Context, sink: RecordSink): void {
    const waiting = this.held.get(span)
    if (!waiting) return
    const { json, line } = waiting
    this.held.delete(span)
    this.bytes -= json.length
    sink.compose(json, record => sink.span(record, context), line)
  }

  end(sink: RecordSink): void {
    for (const span of this.held.keys()) this.release(span, alone, sink)
  }
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const { trace } = contextIn<Context>(context, { trace: 'string' })
  const start = parseTime(row['request_start_time'])
  const end = parseTime(row['request_end_time'])
  return providerSpan(plainAttributes(row, defer), {
    traceId: trace ?? '',
    spanId: idOf(row['span_id'], defer),
    parentId: undefined,
    name: textIn(row['function_name'], defer) ?? '',
    start: start?.ns,
    end: end?.ns,
    ...(trace === undefined ? {} : { fragment: true }),
    dialect: 'promptlayer',
  })
}

export const promptLayer: TraceFormat = {
  id: 'promptlayer',
  label: 'PromptLayer requests',
  detect,
  open: () => new Reader(),
  rawSpan,
}
