// Mastra's tracing: exporter events (`{type: span_started | span_updated | span_ended, exportedSpan}`) and the spans
// themselves as exporters write them. https://mastra.ai/docs/observability/tracing/overview
// A span's later event repeats the earlier ones, so the last is the span; the others are counted. Chunks stay spans.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import type { Certainty, Defer, RecordReader, RecordSink, TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { printed, isObject, plainAttributes, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  if ('exportedSpan' in record && 'type' in record) return 'certain'
  return 'traceId' in record && 'isRootSpan' in record && 'isEvent' in record ? 'certain' : 'no'
}

/** So many spans may be open at once before the oldest is given as it stands. */
const most = { spans: 4096, characters: 32 << 20 }

class MastraReader implements RecordReader {
  private readonly open = new Map<string, { json: string; line: number }>()
  private characters = 0

  read(record: JsonObject, sink: RecordSink): void {
    const span = 'exportedSpan' in record ? record['exportedSpan'] : record
    if (!isObject(span)) {
      sink.unreadable('import/not-a-span', 'A tracing event without a span.')
      return
    }
    const key = JSON.stringify([printed(span['traceId'] ?? null), printed(span['id'] ?? null)])
    const before = this.open.get(key)
    if (before) {
      this.open.delete(key)
      this.characters -= before.json.length
      sink.skipped('Mastra events that a later event of the same span repeats', 1)
    }
    if (span === record || record['type'] === 'span_ended') sink.span(span, context)
    else this.hold(key, sink.hold(span), sink)
  }

  private hold(key: string, json: string, sink: RecordSink): void {
    this.open.set(key, { json, line: sink.line })
    this.characters += json.length
    for (const oldest of this.open.keys()) {
      if (this.open.size <= most.spans && this.characters <= most.characters) break
      this.give(oldest, sink)
    }
  }

  private give(key: string, sink: RecordSink): void {
    const { json, line } = this.open.get(key)!
    this.open.delete(key)
    this.characters -= json.length
    sink.compose(json, record => sink.span(record, context), line)
  }

  end(sink: RecordSink): void {
    for (const key of this.open.keys()) this.give(key, sink)
  }
}

const context = Object.freeze({})

function rawSpan(record: object, _context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const error = isObject(row['errorInfo']) ? row['errorInfo'] : undefined
  const raw = spanOfFields(
    {
      traceId: row['traceId'],
      spanId: row['id'],
      parentId: row['parentSpanId'],
      name: row['name'],
      start: row['startTime'],
      end: row['endTime'],
      status: error && 'ERROR',
      message: error?.['message'],
      attributes: plainAttributes(row, defer),
    },
    defer,
  )
  // What happened at a moment has no end, and misses none.
  const marks = row['isEvent'] === true ? raw.marks.filter(mark => mark !== 'unfinished') : raw.marks
  return { ...raw, marks, dialect: 'mastra' }
}

export const mastra: TraceFormat = { id: 'mastra', label: 'Mastra', detect, open: () => new MastraReader(), rawSpan }
