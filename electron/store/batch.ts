import type { UnreadableRecord, SkippedRecords } from '../../shared/domain/receipt.ts'
import type { GivenNote } from './given-notes.ts'

/**
 * What the parser thread hands to the writer: columns, never objects (a row cloned between threads costs more than
 * reading it). All buffers are transferred. Measured: posting rows as objects made the whole import 25 to 30 % slower.
 *
 * A *record* is one thing the file said about one span (a span exported twice is two records of one span).
 */
export interface Batch {
  /** Bytes of the (decompressed) source read up to the end of this batch; `consumed` counts bytes of the file itself. */
  readonly position: number
  readonly consumed: number

  /** Strings seen for the first time in this import; the k-th string ever announced has number k, counted from 1. 0 is absent. */
  readonly newStrings: readonly string[]
  /** Contexts (format, resource and scope as written) seen for the first time, numbered likewise from 1. */
  readonly newContexts: readonly NewContext[]
  /** Trace ids (normal form) seen for the first time, numbered likewise from 1. */
  readonly newTraces: readonly string[]

  /** Bodies new to the store: cut-out texts, UTF-8, one after another. Body ids are `firstBody` + index. */
  readonly firstBody: number
  readonly bodies: Uint8Array
  /** End offset of each body in `bodies`. */
  readonly bodyEnds: Uint32Array
  /** SHA-256 of each body, first 16 bytes each. */
  readonly bodyHashes: Uint8Array

  /** Number of records. Every column below has this length unless it says otherwise. */
  readonly records: number
  /** Kept records: UTF-8 JSON texts one after another (see kept-record.ts for how bodies are referred to). */
  readonly texts: Uint8Array
  readonly textEnds: Uint32Array
  /** Ids of all bodies that the records of this batch refer to, distinct, ascending. */
  readonly bodiesUsed: Uint32Array
  readonly columns: RecordColumns
  /** Rows for generations, embeddings and whatever else carries usage, cost or a model. Sparse: `call.record` points back. */
  readonly calls: CallColumns
  /** Scores found in records. */
  readonly scores: readonly ScoreRow[]

  readonly unreadable: readonly UnreadableRecord[]
  readonly unreadableCount: number
  readonly skipped: readonly SkippedRecords[]
  /** What persons put on rows, where the file says so. */
  readonly notes?: readonly GivenNote[]
}

/**
 * In the place of a record's hash: it says nothing that a span of its id does not, and is a record only where there is none.
 */
export const restated = 0

export interface NewContext {
  readonly format: string
  /** Kept JSON text of resource, scope and the like; refers to bodies like a record does. */
  readonly text: string
}

export interface RecordColumns {
  readonly trace: Uint32Array
  /** Number of the line (text) or byte offset (binary) the record came from. */
  readonly place: Float64Array
  /** 52-bit hash of the span id; compared only within a trace. Never 0. */
  readonly tag: Float64Array
  /** The same of the parent's id; 0 where there is none. */
  readonly parentTag: Float64Array
  /** 52-bit hash of the kept text and its context: equal means the file said the same thing again. */
  readonly hash: Float64Array
  readonly context: Uint32Array
  readonly name: Uint32Array
  /** Index into spanKinds. */
  readonly kind: Uint8Array
  /** Index into statuses. */
  readonly status: Uint8Array
  /** Microseconds since 1970; NaN when absent. */
  readonly start: Float64Array
  readonly startNs: Uint16Array
  /** Microseconds; NaN when unfinished. May be negative: kept as written, marked. */
  readonly duration: Float64Array
  readonly durationNs: Uint16Array
  /** Bit set of shared/domain/marks.ts. */
  readonly marks: Uint32Array
  /** Bit set: which conventions of shared/conventions understood it (index into `conventions`). */
  readonly conventions: Float64Array
  /** Strings that belong to the trace, as string numbers. The trace row takes the root's, else the first. */
  readonly traceName: Uint32Array
  readonly session: Uint32Array
  readonly user: Uint32Array
  readonly environment: Uint32Array
  readonly release: Uint32Array
  readonly application: Uint32Array
  readonly feature: Uint32Array
  readonly tenant: Uint32Array
  /** What many spans say (shared/domain/traits.ts), as string numbers. */
  readonly traits: Uint32Array
}

export interface CallColumns {
  readonly count: number
  /** Index of the record in this batch. */
  readonly record: Uint32Array
  readonly model: Uint32Array
  readonly provider: Uint32Array
  /** Hash of the response's id (response-id.ts); 0 where there is none. */
  readonly response: Float64Array
  readonly promptName: Uint32Array
  readonly promptVersion: Uint32Array
  /** Tokens; NaN when unknown. */
  readonly input: Float64Array
  readonly output: Float64Array
  readonly cacheRead: Float64Array
  readonly cacheWrite: Float64Array
  readonly cacheWrite1h: Float64Array
  readonly reasoning: Float64Array
  /** Recorded cost in nano-dollars; NaN when the file gives none. */
  readonly cost: Float64Array
  /** What the recorded cost is more than that, in 10^-24 dollars. */
  readonly costRest: Float64Array
  /** What else changes its price, as string numbers. */
  readonly more: Uint32Array
  /** Microseconds to the first token; NaN when unknown. */
  readonly firstToken: Float64Array
  /** Messages in and out; 0 on a call without text, NaN when unknown. */
  readonly messages: Float64Array
}

export interface ScoreRow {
  readonly record: number
  readonly name: string
  readonly value?: number
  readonly label?: string
  readonly explanation?: string
  readonly source?: string
}
