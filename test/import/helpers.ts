import type { Batch } from '../../electron/store/batch.ts'
import { bodyText } from '../../electron/store/body-text.ts'
import { Parser, type ParsedFile } from '../../electron/import/parse.ts'
import { readSpan } from '../../electron/import/reading.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { findWasm } from '../../electron/wasm/locate.ts'
import { SentBytes, type ByteSource } from '../../electron/import/sources/bytes.ts'
import { restoreText } from '../../electron/store/restore.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { bitsToMarks, type Mark } from '../../shared/domain/marks.ts'
import type { UnreadableRecord } from '../../shared/domain/receipt.ts'
import type { Span } from '../../shared/domain/span.ts'

await buildWasm(cached)

export interface ReadRecord {
  readonly traceId: string
  readonly line: number
  readonly hash: number
  readonly marks: readonly Mark[]
  readonly format: string
  /** JSON texts, every body put back. */
  readonly record: string
  readonly context: string
  readonly kept: string
}

export interface ReadFile {
  readonly records: readonly ReadRecord[]
  readonly unreadable: readonly UnreadableRecord[]
  readonly skipped: { readonly [what: string]: number }
  readonly bodies: readonly string[]
  readonly file?: ParsedFile
  readonly failure?: { readonly code: string; readonly message: string }
}

const noSeed = { bodyIds: new Uint32Array(), bodyHashes: new Uint8Array(), nextBody: 1 }

/** Reads files with one parser, as one import does. */
export class Reading {
  private readonly batches: Batch[] = []
  private readonly bodies = new Map<number, string>()
  private readonly contexts: { format: string; text: string }[] = []
  private readonly traces: string[] = []
  private readonly parser = new Parser(findWasm('scan'), noSeed, batch => {
    this.batches.push(batch)
    return true
  })

  read(content: string | Uint8Array, pieceSize = 1 << 16): Promise<ReadFile> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    let at = 0
    const next = (): Promise<Uint8Array | undefined> => {
      const piece = bytes.subarray(at, (at += pieceSize))
      return Promise.resolve(piece.length > 0 ? piece : undefined)
    }
    return this.open(new SentBytes(next))
  }

  async open(source: ByteSource): Promise<ReadFile> {
    this.batches.length = 0
    try {
      const file = await this.parser.parse(source, 'test')
      return { ...this.collect(), file }
    } catch (error) {
      if (!(error instanceof InspectorError)) throw error
      return { ...this.collect(), failure: { code: error.code, message: error.message } }
    }
  }

  private collect(): ReadFile {
    const records: ReadRecord[] = []
    const skipped: Record<string, number> = {}
    for (const batch of this.batches) {
      this.traces.push(...batch.newTraces)
      this.contexts.push(...batch.newContexts)
      const bodies = Buffer.from(batch.bodies)
      batch.bodyEnds.forEach((end, i) => {
        this.bodies.set(batch.firstBody + i, bodyText(bodies.subarray(i === 0 ? 0 : batch.bodyEnds[i - 1], end)))
      })
      for (const { what, count } of batch.skipped) skipped[what] = (skipped[what] ?? 0) + count
      for (let i = 0; i < batch.records; i++) records.push(this.record(batch, i))
    }
    const unreadable = this.batches.flatMap(batch => batch.unreadable)
    return { records, unreadable, skipped, bodies: [...this.bodies.values()] }
  }

  private record(batch: Batch, i: number): ReadRecord {
    const restore = (text: string) => restoreText(text, id => this.bodies.get(id) ?? `missing ${id}`)
    const kept = Buffer.from(batch.texts.subarray(i === 0 ? 0 : batch.textEnds[i - 1], batch.textEnds[i])).toString()
    const context = this.contexts[batch.columns.context[i]! - 1]!
    return {
      traceId: this.traces[batch.columns.trace[i]! - 1]!,
      line: batch.columns.place[i]!,
      hash: batch.columns.hash[i]!,
      marks: bitsToMarks(batch.columns.marks[i]!),
      format: context.format,
      record: restore(kept),
      context: restore(context.text),
      kept,
    }
  }
}

export function readContent(content: string | Uint8Array, pieceSize?: number): Promise<ReadFile> {
  return new Reading().read(content, pieceSize)
}

/** The span that one record gives when it is read again. */
export function spanOf(record: ReadRecord): Span {
  const span = readSpan([record])
  if (!span) throw new Error('The record is no span.')
  return span
}

export function spansOf(file: ReadFile): Span[] {
  return file.records.map(spanOf)
}

/** The span that all records of it give together. */
export function joined(files: readonly ReadFile[], traceId: string, id: string): Span {
  const records = files.flatMap(file => file.records)
  const span = readSpan(records.filter(record => record.traceId === traceId && spanOf(record).id === id))
  if (!span) throw new Error(`No record gives the span ${id}.`)
  return span
}

export const traceHex = 'a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3'

/** An OTLP request with these spans. */
export function request(...spans: readonly object[]): object {
  return { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 'test' }, spans }] }] }
}

let spanNumber = 0

export function otlpSpan(fields: object = {}): object {
  const spanId = (++spanNumber).toString(16).padStart(16, 'e')
  const times = { startTimeUnixNano: '1780000000000000001', endTimeUnixNano: '1780000000000000999' }
  return { traceId: traceHex, spanId, name: 'step', ...times, attributes: [], ...fields }
}

/** A flat row that holds `value` under the name `payload`. */
export function row(value: unknown): object {
  return { trace_id: 't', span_id: 's', model_name: 'm', payload: value }
}
