import type { JsonObject } from '../../shared/domain/json.ts'
import type { Attributes, RawSpan } from '../../shared/domain/raw-span.ts'

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
   * place), so that meaning can be read again at any time. Returns why when the record is no span.
   */
  rawSpan(record: object, context: object): RawSpan | { readonly code: string; readonly message: string }
}

export const noAttributes: Attributes = Object.freeze(Object.create(null) as Attributes)
