import type { Status } from './kind.ts'
import type { Mark } from './marks.ts'
import type { Nanoseconds } from './units.ts'

/**
 * A text that was cut out of its record while importing, because most long texts are repeats.
 * Reading one is cheap but not free: facts that the store indexes should not need it.
 */
export interface DeferredText {
  readonly deferred: true
  /** Elements of the list that the text is, where that is known without reading it. */
  readonly items?: number | undefined
  /** Of texts that are compared: equal ones may have different keys, but equal keys are of equal texts. */
  readonly key?: string | undefined
  read(): string
}

/** An attribute's value under the file's own type. Integers past 2^53 are bigint. `null` is "the file said null". */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | DeferredText
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue }

/** Under the file's own names, in the file's order. Always a null-prototype object: names are hostile input. */
export type Attributes = { readonly [name: string]: AttributeValue }

export interface RawEvent {
  readonly name: string
  readonly time?: Nanoseconds
  readonly attributes: Attributes
}

export interface RawLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

export interface RawScope {
  readonly name?: string
  readonly version?: string
  readonly attributes: Attributes
}

/**
 * What a format read out of one record, before any convention gives it meaning.
 *
 * Ids are in normal form (shared/domain/ids.ts); what the file wrote stays in the kept record.
 */
export interface RawSpan {
  readonly traceId: string
  readonly spanId: string
  /** Absent on a root. All-zero, empty and own-id parents are absent or marked by the format. */
  readonly parentId?: string
  readonly name: string
  readonly start?: Nanoseconds
  /** Absent when unfinished. */
  readonly end?: Nanoseconds
  /** A length the file gave without an end (the flat schema's latency_ms). */
  readonly duration?: Nanoseconds
  readonly status: Status
  readonly statusMessage?: string | DeferredText
  readonly attributes: Attributes
  readonly events: readonly RawEvent[]
  readonly links: readonly RawLink[]
  readonly resource: Attributes
  readonly scope: RawScope
  readonly marks: readonly Mark[]
  /**
   * The convention (by id) whose names the attributes are, where the container itself says so: rows of an export, lines
   * of a log. It speaks besides those that the names tell.
   */
  readonly dialect?: string
  /**
   * True for a record that says something about a span without being it: a log record, an update that came alone. What
   * the span's own record says wins and does not conflict with it; a span of nothing else is marked `fragment`.
   */
  readonly fragment?: boolean
  /**
   * Of a span that Spanwise exported itself: what shows that it is as it was. It says nothing then that the span it was
   * made from does not.
   */
  readonly seal?: string
}
