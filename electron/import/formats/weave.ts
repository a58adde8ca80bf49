// Calls of Weights & Biases Weave: rows of an export (one call each), and the bodies its clients send
// (`{batch: [{mode: "start", req: {start: {…}}}, {mode: "end", …}]}`). https://docs.wandb.ai/weave/reference/service-api
// An end says nothing of its trace: it belongs to the start with its id, if that came before it in the same file.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import type { Certainty, Defer, RecordReader, RecordSink, TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { idIn } from './transcript.ts'
import { isObject, listOf, plainAttributes, textIn, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  if ('op_name' in record && 'trace_id' in record) return 'certain'
  const first = Array.isArray(record['batch']) ? record['batch'][0] : undefined
  return isObject(first) && 'mode' in first && 'req' in first ? 'certain' : 'no'
}

/** Starts remembered for their ends. */
const mostOpen = 100_000

class WeaveReader implements RecordReader {
  private readonly traces = new Map<string, string>()

  read(record: JsonObject, sink: RecordSink): void {
    if ('op_name' in record) sink.span(record, nothing)
    else for (const item of listOf(record['batch'])) this.readItem(item, sink)
  }

  private readItem(item: unknown, sink: RecordSink): void {
    const request = isObject(item) && isObject(item['req']) ? item['req'] : undefined
    const call = Object.values(request ?? {}).find(isObject)
    if (!isObject(item) || !call) {
      sink.unreadable('import/not-a-span', 'A request without a call.')
      return
    }
    const [id, trace] = [idIn(call['id']), idIn(call['trace_id'])]
    if (id !== undefined && trace !== undefined && this.traces.size < mostOpen) this.traces.set(id, trace)
    const mode = item['mode'] === 'end' ? { mode: 'end' } : nothing
    const known = call['trace_id'] === undefined && id !== undefined ? this.traces.get(id) : undefined
    if (mode !== nothing && id !== undefined) this.traces.delete(id)
    sink.span(call, known === undefined ? mode : { ...mode, trace_id: known })
  }
}

const nothing = Object.freeze({})

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const call = record as Fields
  const around = context as Fields
  const { exception } = call
  const raw = spanOfFields(
    {
      traceId: call['trace_id'] ?? around['trace_id'],
      spanId: call['id'],
      parentId: call['parent_id'],
      name: call['display_name'] ?? opOf(textIn(call['op_name'], defer)),
      start: call['started_at'],
      end: call['ended_at'],
      status: exception === null || exception === undefined || exception === '' ? undefined : 'ERROR',
      message: exception,
      attributes: plainAttributes(call, defer),
    },
    defer,
  )
  return { ...raw, dialect: 'weave', ...(around['mode'] === 'end' ? { fragment: true } : {}) }
}

/** `weave:///entity/project/op/<name>:<hash>`, or a bare name. */
function opOf(written: string | undefined): string | undefined {
  return written === undefined ? undefined : (/\/op\/([^:]+)/.exec(written)?.[1] ?? written)
}

export const weave: TraceFormat = { id: 'weave', label: 'Weave calls', detect, open: () => new WeaveReader(), rawSpan }
