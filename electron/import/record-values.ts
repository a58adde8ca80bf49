import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../shared/domain/json.ts'
import { explain } from './explain.ts'
import { closeArray, comma, isBlank, newline, openArray, openObject, quote } from './json-bytes.ts'
import { parseSkeleton } from './numbers.ts'
import { repairJson } from './repair.ts'
import { lineFlags, type Region, type Scanner } from './scan/scanner.ts'
import type { SpanTape } from './scan/span-tape.ts'
import { textGate } from './text-gate.ts'

/** How a record came to be read; what is true of it may be true of only some of its spans. */
export interface RecordOrigin {
  /** Line it starts on, from 1; for `byte`, its offset. */
  readonly line: number
  readonly unit?: 'byte'
  /** A text in it holds half a surrogate pair. */
  readonly lone: boolean
  /** It holds integers as bigint or digits a double cannot hold. */
  readonly digits: boolean
  /** Invalid UTF-8 in it was replaced. */
  readonly replaced: boolean
  /** What was nested too deep and is a text now. */
  readonly deep: readonly string[]
  /** Beginnings of the texts in it whose escapes JSON does not know, as they are written now. */
  readonly escapes: readonly string[]
  /** The scanned text it was parsed from, which is still there; absent where something else was parsed. */
  readonly text?: ScannedText
}

/** What the scan knows of a text (see Scanner.lineField). */
export interface ScannedText {
  readonly start: number
  readonly end: number
  readonly flags: number
  readonly firstLeaf: number
  readonly leaves: number
  /** Its leaves are on the tape, and the record has `{}` in their place. */
  readonly isOutline?: boolean
}

/** Levels 0 to 2 hold unwrapped texts, 3 repaired ones. */
const composedLevel = 4

/** Takes what a file gives. Records refer to the scan's memory: use them before returning. */
export interface RecordSink {
  record(value: JsonObject, origin: RecordOrigin): void
  /** `bytes`: what stands there; only while the call lasts. `unit`: the place is an offset rather than a line. */
  unreadable(place: number, code: string, message: string, bytes?: Uint8Array, unit?: 'byte'): void
  /** Text of a reference ("\u0000…") of the record at hand. */
  textOf(reference: string): string
}

/** With one of these a line is parsed whole. */
const doubtful = lineFlags.keys | lineFlags.lone | lineFlags.deep | lineFlags.number | lineFlags.full | lineFlags.open

/** What is true of most records. */
export const plain = { lone: false, digits: false, replaced: false, deep: [], escapes: [] } as const

/** Reads values that lie whole in the scan's memory: parses, unwraps and, where that fails, repairs them. */
export class ValueReader {
  private readonly scanner: Scanner
  private readonly sink: RecordSink
  /** Where repaired or unwrapped texts are scanned, one for each level of unwrapping. */
  private readonly beside: Region[] = []
  /** The gate changed what was parsed last. */
  private gated = false
  private readonly tape: SpanTape

  constructor(scanner: Scanner, sink: RecordSink, tape: SpanTape) {
    this.scanner = scanner
    this.tape = tape
    this.sink = sink
  }

  /**
   * Reads the values between two addresses. With `limit`, up to which there is more text, answers where a value starts
   * that goes on after `end` (its walk has begun); without, such a value is unreadable.
   */
  readValues(start: number, end: number, line: number, unwrapped = 0, limit = 0): number | undefined {
    const { scanner } = this
    const { exports: x } = scanner
    let p = start
    while (p < end) {
      const c = scanner.bytes[p]!
      if (isBlank(c) || c === comma || c === closeArray || (c === openArray && this.opensRecords(p, end))) {
        p++
        continue
      }
      if (c !== openObject && c !== openArray && c !== quote) {
        const word = scanner.bytes.subarray(p, end).findIndex(b => isBlank(b) || b === comma || b === closeArray)
        const stop = word < 0 ? end : p + word
        const value = this.parse(p, stop, false)
        if (value === undefined) {
          this.sink.unreadable(line, ...explain(scanner.bytes, p, end), scanner.bytes.subarray(p, end))
          return undefined
        }
        this.notARecord(value, line)
        p = stop
        continue
      }
      x.walkStart(p)
      const result = x.walk(end)
      if (result === 0 && limit > 0 && !this.isTorn(p, end, limit)) return p
      if (result !== 1) {
        if (result === 3) this.tooDeep(line)
        else this.sink.unreadable(line, ...explain(scanner.bytes, p, end), scanner.bytes.subarray(p, end))
        return undefined
      }
      const stop = x.walkPos.value >>> 0
      this.readValue(p, stop, line, unwrapped)
      p = stop
    }
    return undefined
  }

  /**
   * Whether the value that starts at `p` on a line ending at `end` cannot go on with the line after it. An indented line
   * belongs to a document, broken or not.
   */
  private isTorn(p: number, end: number, limit: number): boolean {
    const { scanner } = this
    const next = scanner.bytes.subarray(end + 1, limit).indexOf(newline)
    const torn = next >= 0 && scanner.exports.walk(end + 2 + next) === 2 && !isBlank(scanner.bytes[end + 1]!)
    if (!torn) {
      scanner.exports.walkStart(p)
      scanner.exports.walk(end)
    }
    return torn
  }

  /** Whether this bracket opens an array of records rather than being a value itself. */
  opensRecords(p: number, end: number): boolean {
    const { bytes } = this.scanner
    let q = p + 1
    while (q < end && isBlank(bytes[q]!)) q++
    return q === end || bytes[q] === openObject || bytes[q] === openArray || bytes[q] === quote
  }

  /** Reads the one value that lies between two addresses. */
  readValue(start: number, end: number, line: number, unwrapped = 0): void {
    const { scanner } = this
    const valid = isUtf8(scanner.bytes.subarray(start, end))
    const done =
      valid &&
      scanner.scanBeside(start, end, i => {
        const flags = scanner.lineField(i, 4)
        if (flags & (lineFlags.deep | lineFlags.full)) return false
        const digits = (flags & lineFlags.number) !== 0
        const value = this.parse(scanner.lineField(i, 0), scanner.lineField(i, 1), digits)
        if (value === undefined) return false
        const lone = (flags & lineFlags.lone) !== 0
        this.take(value, { ...plain, line, digits, lone, ...this.textOf(i) }, unwrapped)
        return true
      })
    if (!done) this.repair(Buffer.from(scanner.bytes.subarray(start, end)), line, unwrapped)
  }

  private take(value: unknown, origin: RecordOrigin, unwrapped: number): void {
    if (typeof value === 'string' && unwrapped < 2) {
      const text = value.charCodeAt(0) === 0 ? this.sink.textOf(value) : value
      if (/^\s*[[{"]/.test(text)) return this.readText(Buffer.from(text), origin.line, unwrapped + 1)
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      this.sink.record(value as JsonObject, origin)
    } else this.notARecord(value, origin.line)
  }

  /** Reads a text that is not the file's own: unwrapped from a string, or closed after a cut. */
  readText(text: Buffer, line: number, unwrapped = 0): void {
    const at = this.place(text, unwrapped)
    this.readValues(at, at + text.length, line, unwrapped)
  }

  /**
   * Scans a JSON text of ours, in which texts are in place, as though the file held it. Not for use within itself.
   * False when it is no object.
   */
  readComposed(text: Buffer, line: number, take: (value: JsonObject, origin: RecordOrigin) => void): boolean {
    const { scanner } = this
    const at = this.place(text, composedLevel)
    return scanner.scanBeside(at, at + text.length, i => {
      const flags = scanner.lineField(i, 4)
      const digits = (flags & lineFlags.number) !== 0
      const value = this.parse(scanner.lineField(i, 0), scanner.lineField(i, 1), digits)
      if (flags & lineFlags.full || typeof value !== 'object' || value === null || Array.isArray(value)) return false
      const lone = (flags & lineFlags.lone) !== 0
      take(value as JsonObject, { ...plain, line, digits, lone, ...this.textOf(i) })
      return true
    })
  }

  private place(text: Buffer, level: number): number {
    const region = (this.beside[level] ??= this.scanner.region(1 << 16))
    this.scanner.grow(region, text.length, 0)
    text.copy(this.scanner.bytes, region.at)
    return region.at
  }

  /** Second look at a value that JSON.parse refuses, that is not UTF-8 or too deep. */
  private repair(written: Buffer, line: number, unwrapped: number): void {
    const { scanner } = this
    const replaced = !isUtf8(written)
    const bytes = replaced ? Buffer.from(written.toString('utf8')) : written
    const repaired = repairJson(bytes)
    const at = this.place(repaired.bytes, 3)
    scanner.scanBeside(at, at + repaired.bytes.length, i => {
      const flags = scanner.lineField(i, 4)
      const value =
        flags & lineFlags.full ? undefined : this.parse(scanner.lineField(i, 0), scanner.lineField(i, 1), true)
      if (value === undefined) {
        this.sink.unreadable(line, ...explain(bytes, 0, bytes.length), bytes)
        return
      }
      const lone = (flags & lineFlags.lone) !== 0
      const { deep, escapes } = repaired
      this.take(value, { line, digits: true, replaced, lone, deep, escapes, ...this.textOf(i) }, unwrapped)
    })
  }

  /** The scanned line just parsed, unless the gate put something else in its place. */
  textOf(line: number, start?: number, end?: number): { text?: ScannedText } {
    if (this.gated) return {}
    const { scanner } = this
    const text: ScannedText = {
      start: start ?? scanner.lineField(line, 0),
      end: end ?? scanner.lineField(line, 1),
      flags: scanner.lineField(line, 4),
      firstLeaf: scanner.lineField(line, 6),
      leaves: scanner.lineField(line, 7),
    }
    return { text }
  }

  /**
   * Takes a scanned line whose leaves are spans without parsing these. False where that cannot be: nothing was taken then.
   * `end`: where its value ends.
   */
  takeOutline(line: number, end: number, origin: Omit<RecordOrigin, 'text'>): boolean {
    const { scanner } = this
    const flags = scanner.lineField(line, 4)
    if ((flags & (lineFlags.spans | doubtful)) !== lineFlags.spans) return false
    const start = scanner.lineField(line, 0)
    if (scanner.leafFields(scanner.lineField(line, 6)).odd || textGate(scanner.bytes, start, end, true)) return false
    const outline = this.tape.begin(line)
    const value = outline === undefined ? undefined : parseSkeleton(outline, false)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    this.gated = false
    this.sink.record(value as JsonObject, {
      ...origin,
      text: { ...this.textOf(line, start, end).text!, isOutline: true },
    })
    return true
  }

  /** Parses a skeleton, having passed the gate; undefined when it is not JSON. */
  parse(start: number, end: number, digits: boolean): unknown {
    const { bytes } = this.scanner
    const changed = textGate(bytes, start, end, true)
    this.gated = changed !== undefined
    const text = changed ? changed.toString() : bytes.toString('utf8', start, end)
    return parseSkeleton(text, digits)
  }

  notARecord(value: unknown, line: number): void {
    const sort =
      value === null
        ? 'null'
        : Array.isArray(value)
          ? value.length > 0
            ? 'an array'
            : 'an empty array'
          : `a ${typeof value}`
    this.sink.unreadable(line, 'import/not-a-record', `Here stands ${sort} where a JSON object is expected.`)
  }

  tooDeep(line: number): void {
    this.sink.unreadable(line, 'import/too-deep', 'Nested past 100,000 levels.')
  }
}
