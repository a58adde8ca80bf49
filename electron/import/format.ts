import type { JsonObject } from '../../shared/domain/json.ts'
import type { KnownNames } from '../../shared/conventions/convention.ts'
import type { GivenNote } from '../store/given-notes.ts'
import type { Attributes, AttributeValue, DeferredText, RawSpan } from '../../shared/domain/raw-span.ts'

export type Certainty = 'certain' | 'likely' | 'no'

/** Where a format puts what it found in one top-level record of the file. */
export interface RecordSink {
  /**
   * One span as the file wrote it, and the context it stood in (resource, scope …). Contexts are interned by identity:
   * pass the same object for all spans that share one.
   */
  span(record: object, context: object, origin?: SpanOrigin): void
  unreadable(code: string, message: string): void
  /** What a person put on a trace or a span in another store. */
  note(note: GivenNote): void
  /** A record of a known sort that carries no spans. */
  skipped(what: string, count: number): void
  /**
   * The JSON of a part of the record at hand, every text in place. Records die when `read` returns: what must wait for
   * a later one is held as this text and comes back through `compose`. Hold little, and never without a bound.
   */
  hold(part: unknown): string
  /**
   * Takes a JSON text for a record of the file and hands it to `read`, its long texts cut out again. Its place is
   * `line`, else the record's at hand.
   */
  compose(json: string, read: (record: JsonObject) => void, line?: number): void
  /** The whole text of a string, which may be a reference ("\u0000…"). */
  text(written: string): string
  /** Where the record at hand starts: a line, from 1; in a binary file an offset. */
  readonly line: number
  /** The member of the archive it stands in, as it is shown. What a record is, it does not decide. */
  readonly member?: string | undefined
}

/** For a record that another file held before: a bundle hands it on as it came. */
export interface SpanOrigin {
  /** Id of the format that reads the record, in place of the one at work. The context may hold notes (notes.ts). */
  readonly as: string
  /** Its line or byte there. */
  readonly place?: number
}

/** Reads the records of one file in their order, remembering what later ones need. */
export interface RecordReader {
  /** Must not throw on hostile input: what it cannot read it reports. */
  read(record: JsonObject, sink: RecordSink): void
  /** The file is over: give what was held. */
  end?(sink: RecordSink): void
}

/** Turns a string that starts with U+0000 into the text it stands for. Where texts are in place it is the string itself. */
export type Defer = (reference: string) => string | DeferredText

/** What a reader may know of its file. Never decides what the file is. */
export interface FileFacts {
  /** As given: a path, or the name under which it was sent. */
  readonly path: string
}

/** For formats whose records need no other. */
export function stateless(read: (record: JsonObject, sink: RecordSink) => void): TraceFormat['open'] {
  const reader: RecordReader = { read }
  return () => reader
}

/** The context of a record around which nothing stood. */
export const alone = Object.freeze({})

/** Every record is a span. */
export const eachRecord: TraceFormat['open'] = stateless((record, sink) => sink.span(record, alone))

/** A container: how bytes become span records. Content decides, never the file's name. */
export interface TraceFormat {
  readonly id: string
  readonly label: string
  /** Whether this top-level record is of this format; asked for every record, so look at keys only. */
  detect(record: JsonObject): Certainty
  /**
   * The fields of a span record, where its attributes are one of them: others are counted as not understood. Where the
   * record's fields are the attributes, its convention lists them.
   */
  readonly fields?: KnownNames
  /**
   * A reader for the records of one file. Most formats need nothing but the record at hand: `stateless(read)`. Members of
   * an archive are one file.
   */
  open(file: FileFacts): RecordReader
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

/**
 * An empty object for attributes. No prototype: names come from files. Made by a constructor, which the engine makes and
 * reads in two thirds of the time of `Object.create(null)`.
 */
export function emptyAttributes(): Record<string, AttributeValue> {
  return new Bare() as Record<string, AttributeValue>
}

const Bare = function () {} as unknown as new () => object
Bare.prototype = Object.create(null) as object

export const noAttributes: Attributes = Object.freeze(Object.create(null) as Attributes)

/** Of a record that has no events, links, resource or scope. */
export const bareSpan: Pick<RawSpan, 'events' | 'links' | 'resource' | 'scope'> = Object.freeze({
  events: [],
  links: [],
  resource: noAttributes,
  scope: { attributes: noAttributes },
})
