import type { JsonObject } from '../../shared/domain/json.ts'
import type { Attributes, DeferredText, RawSpan } from '../../shared/domain/raw-span.ts'

export type Certainty = 'certain' | 'likely' | 'no'

/** Where a format puts what it found in one top-level record of the file. */
export interface RecordSink {
  /**
   * One span as the file wrote it, and the context it stood in (resource, scope …). Contexts are interned by identity:
   * pass the same object for all spans that share one.
   */
  span(record: object, context: object): void
  unreadable(code: string, message: string): void
  /** A record of a known sort that carries no spans. */
  skipped(what: string, count: number): void
}

/** Turns a string that starts with U+0000 into the text it stands for. Where texts are in place it is the string itself. */
export type Defer = (reference: string) => string | DeferredText

/** A container: how bytes become span records. Content decides, never the file's name. */
export interface TraceFormat {
  readonly id: string
  readonly label: string
  /** Whether this top-level record is of this format; asked for every record, so look at keys only. */
  detect(record: JsonObject): Certainty
  /** Takes a record apart. Must not throw on hostile input: what it cannot read it reports. */
  read(record: JsonObject, sink: RecordSink): void
  /**
   * Reads one kept record. The same function serves the import (long texts deferred) and later readings (texts in
   * place), so that meaning can be read again at any time. Returns why when the record is no span. An id the record
   * does not have is '': the caller derives one from the content (derived-ids.ts). Strings that start with U+0000 go
   * through `defer`.
   */
  rawSpan(record: object, context: object, defer: Defer): RawSpan | NotASpan
}

export interface NotASpan {
  readonly code: string
  readonly message: string
}

export function isSpan(read: RawSpan | NotASpan): read is RawSpan {
  return 'traceId' in read
}

export const noAttributes: Attributes = Object.freeze(Object.create(null) as Attributes)
