import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../shared/domain/json.ts'
import { parseSkeleton } from './numbers.ts'
import { closeTruncated, repairJson } from './repair.ts'
import { lineFlags, type Region, type Scanner } from './scan/scanner.ts'
import { textGate } from './text-gate.ts'
import { explain } from './explain.ts'

/** How a record came to be read; what is true of it may be true of only some of its spans. */
export interface RecordOrigin {
  /** Line it starts on, from 1. */
  readonly line: number
  /** A text in it holds half a surrogate pair. */
  readonly lone: boolean
  /** It holds integers as bigint or digits a double cannot hold. */
  readonly digits: boolean
  /** Invalid UTF-8 in it was replaced. */
  readonly replaced: boolean
  /** What was nested too deep and is a text now. */
  readonly deep: readonly string[]
}

/** Takes what a file gives. Records refer to the scan's memory: use them before returning. */
export interface RecordSink {
  record(value: JsonObject, origin: RecordOrigin): void
  unreadable(line: number, code: string, message: string): void
  /** Text of a reference ("\u0000…") of the record at hand. */
  textOf(reference: string): string
}

/** The file's own bytes, decompressed and in UTF-8. Answers 0 at the end. */
export interface ByteReader {
  read(target: Buffer, at: number, length: number): number | Promise<number>
}

const chunk = 4 << 20
/** A record longer than this is refused: it has to lie in memory in one piece. */
export const longestRecord = 256 << 20
/** So many values of one line each in a row, and lines are read as lines again. */
const backToLines = 16
const smallWindow = 1 << 16
/** Broken values, and bytes walked in vain, after which the rest of a file is given up: keeps hostile files linear. */
const patience = { values: 16, bytes: 64 << 20 }

const plain = { lone: false, digits: false, replaced: false, deep: [] } as const
const [tab, newline, carriage, space] = [9, 10, 13, 32]
const [quote, comma, openArray, closeArray, openObject, hash, slash] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x23, 0x2f]

/** The newline before the next line that starts like a record, or -1. */
function recordLine(bytes: Buffer, from: number): number {
  let next = bytes.indexOf(newline, from)
  while (next >= 0) {
    const first = bytes[next + 1]
    if (first === openObject || first === openArray || first === quote) return next
    next = bytes.indexOf(newline, next + 1)
  }
  return -1
}

function isBlank(byte: number): boolean {
  return byte === space || byte === newline || byte === carriage || byte === tab
}

/**
 * Yields the top-level JSON values of a text, whatever contains them: a value a line (the fast path: lines are scanned
 * thousands at a time), pretty-printed documents one after another, an array, JSON inside JSON strings, log lines with a
 * prefix. A bad record costs that record. Memory is bounded by the longest record.
 */
export class RecordReader {
  private readonly scanner: Scanner
  private readonly sink: RecordSink
  private readonly input: Region
  /** Where repaired or unwrapped texts are scanned, one for each level of unwrapping. */
  private readonly beside: Region[] = []
  private have = 0
  private pos = 0
  /** Lines before `pos`. */
  private line = 0
  private mode: 'lines' | 'values' | 'skip' = 'lines'
  private ended = false
  /** In 'values': the walk of the value that starts at `pos` has begun. */
  private walking = false
  private singles = 0
  /** Bytes of lines scanned at once: few after a document that was not a line, so that mixtures cost no more. */
  private window = chunk * 2
  private wasted = { values: 0, bytes: 0 }
  /** In 'skip': what is being passed over is one record or the rest of a line. */
  private skipTo: 'value' | 'line' | 'end' = 'line'

  constructor(scanner: Scanner, sink: RecordSink) {
    this.scanner = scanner
    this.sink = sink
    this.input = scanner.region(chunk * 2)
  }

  /** Reads a text from its first byte. `pause` is called between pieces and says whether to go on. */
  async readAll(reader: ByteReader, pause: () => boolean): Promise<void> {
    this.have = this.pos = this.line = this.singles = 0
    this.wasted = { values: 0, bytes: 0 }
    this.window = chunk * 2
    this.mode = 'lines'
    this.ended = this.walking = false
    for (;;) {
      this.makeRoom()
      const read = reader.read(this.scanner.bytes, this.input.at + this.have, chunk)
      const count = typeof read === 'number' ? read : await read
      const before = this.have
      this.have += count
      this.ended = count === 0
      while (this.advance(before)) if (this.scanner.exports.nUsed.value > 1 << 20 && !pause()) return
      this.dropConsumed()
      if (!pause() || this.ended) return
    }
  }

  private makeRoom(): void {
    if (this.have + chunk <= this.input.size) return
    const { base } = this
    this.scanner.grow(this.input, this.have + chunk, this.have)
    this.moveWalk(this.base - base)
  }

  private get base(): number {
    return this.input.at
  }

  private byteAt(offset: number): number {
    return this.scanner.bytes[this.base + offset]!
  }

  private dropConsumed(): void {
    if (this.pos === 0) return
    const { base } = this
    this.scanner.bytes.copyWithin(base, base + this.pos, base + this.have)
    this.have -= this.pos
    this.moveWalk(-this.pos)
    this.pos = 0
  }

  private moveWalk(by: number): void {
    if (this.walking) this.scanner.exports.walkPos.value = this.scanner.exports.walkPos.value + by
  }

  /** Reads on in what is there. False when it needs more (or there is no more). */
  private advance(fresh: number): boolean {
    if (this.pos >= this.have) return false
    if (this.mode === 'lines') return this.advanceLines(Math.max(fresh, this.pos))
    return this.mode === 'values' ? this.advanceValues() : this.advanceSkip()
  }

  // Lines

  private advanceLines(fresh: number): boolean {
    const { scanner, base } = this
    let end = this.lineEnd(fresh)
    if (end === 0 && this.ended) {
      scanner.bytes[base + this.have] = newline
      end = this.have + 1
    } else if (end === 0) {
      if (this.have - this.pos >= chunk) this.mode = 'values'
      return this.mode === 'values'
    }
    scanner.begin(end - this.pos)
    const stop = (scanner.exports.scanLines(base + this.pos, base + end) >>> 0) - base
    const valid = isUtf8(scanner.bytes.subarray(base + this.pos, base + stop))
    const passed = scanner.exports.newlines.value
    for (let i = 0; i < scanner.lineCount; i++) {
      if (this.readLine(i, valid)) continue
      // a value that goes on past its line
      this.pos = this.continueAt
      this.line += scanner.lineField(i, 5) - 1
      this.mode = 'values'
      this.walking = true
      this.singles = 0
      this.window = smallWindow
      return true
    }
    this.pos = Math.min(stop, this.have)
    this.line += passed
    this.window = Math.min(this.window * 2, chunk * 2)
    return true
  }

  /** End of the last whole line to scan now, or 0. Only `fresh` bytes can hold a newline nobody saw. */
  private lineEnd(fresh: number): number {
    const bytes = this.scanner.bytes.subarray(this.base, this.base + this.have)
    const near = this.pos + this.window
    if (near < this.have) {
      const end = bytes.indexOf(newline, near) + 1
      if (end > 0) return end
    }
    const end = bytes.subarray(fresh).lastIndexOf(newline) + 1
    return end === 0 ? 0 : end + fresh
  }

  private continueAt = 0

  /** False when the line begins a value that does not end on it. */
  private readLine(i: number, valid: boolean): boolean {
    const { scanner } = this
    const flags = scanner.lineField(i, 4)
    if (valid && (flags & ~lineFlags.lone) === 0) {
      const start = scanner.lineField(i, 0)
      let end = scanner.lineField(i, 1)
      const { bytes } = scanner
      while (end > start && isBlank(bytes[end - 1]!)) end--
      if (bytes[end - 1] === comma) end--
      if (bytes[start] === openObject && end > start) {
        const value = this.parse(start, end, false)
        if (value !== undefined) {
          const line = this.line + scanner.lineField(i, 5)
          this.sink.record(value as JsonObject, flags === 0 ? { ...plain, line } : { ...plain, line, lone: true })
          return true
        }
      }
    }
    return this.readOddLine(
      scanner.lineField(i, 2) - this.base,
      scanner.lineField(i, 3) - this.base,
      this.line + scanner.lineField(i, 5),
    )
  }

  /** Parses a skeleton, having passed the gate; undefined when it is not JSON. */
  private parse(start: number, end: number, digits: boolean): unknown {
    const { bytes } = this.scanner
    const changed = textGate(bytes, start, end, true)
    const text = changed ? changed.toString() : bytes.toString('utf8', start, end)
    return parseSkeleton(text, digits)
  }

  /** Whatever is not one JSON object on its line. False as in `readLine`. */
  private readOddLine(start: number, end: number, line: number): boolean {
    const { scanner } = this
    let p = start
    while (p < end && isBlank(this.byteAt(p))) p++
    if (p === end) return true
    const first = this.byteAt(p)
    if (first === hash || (first === slash && this.byteAt(p + 1) === slash)) return true
    if (first === openObject || first === openArray || first === closeArray || first === comma || first === quote) {
      const rest = this.readValues(this.base + p, this.base + end, line, 0, true)
      if (rest === undefined) return true
      this.continueAt = rest - this.base
      return false
    }
    // a log line: JSON from one of its braces to the end of that value
    for (let tries = 0; tries < 8; tries++) {
      const brace = scanner.bytes.subarray(this.base + p, this.base + end).indexOf(openObject)
      if (brace < 0) break
      p += brace
      scanner.exports.walkStart(this.base + p)
      if (scanner.exports.walk(this.base + end) === 1) {
        const stop = scanner.exports.walkPos.value >>> 0
        if (stop - this.base - p > 2) {
          this.readValue(this.base + p, stop, line, 0)
          return true
        }
      }
      p++
    }
    const value = this.parse(this.base + start, this.base + end, false)
    if (value === undefined) this.sink.unreadable(line, ...explain(scanner.bytes, this.base + start, this.base + end))
    else this.notARecord(value, line)
    return true
  }

  private notARecord(value: unknown, line: number): void {
    const sort = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
    this.sink.unreadable(line, 'import/not-a-record', `Here stands ${sort} where a JSON object is expected.`)
  }

  // Values

  /**
   * Reads the values between two addresses. With `open`, answers where a value starts that does not end here (its walk
   * has begun); without, such a value is unreadable.
   */
  private readValues(start: number, end: number, line: number, unwrapped: number, open: boolean): number | undefined {
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
          this.sink.unreadable(line, ...explain(scanner.bytes, p, end))
          return undefined
        }
        this.notARecord(value, line)
        p = stop
        continue
      }
      x.walkStart(p)
      const result = x.walk(end)
      if (result === 0 && open && !this.isTorn(p, end)) return p
      if (result !== 1) {
        if (result === 3) this.tooDeep(line)
        else this.sink.unreadable(line, ...explain(scanner.bytes, p, end))
        return undefined
      }
      const stop = x.walkPos.value >>> 0
      this.readValue(p, stop, line, unwrapped)
      p = stop
    }
    return undefined
  }

  /** Whether the value that starts at `p` on a line ending at `end` cannot go on with the line after it. */
  private isTorn(p: number, end: number): boolean {
    const { scanner, base } = this
    const next = scanner.bytes.subarray(end + 1, base + this.have).indexOf(newline)
    const torn = next >= 0 && scanner.exports.walk(end + 2 + next) === 2
    if (!torn) {
      scanner.exports.walkStart(p)
      scanner.exports.walk(end)
    }
    return torn
  }

  /** Whether this bracket opens an array of records rather than being a value itself. */
  private opensRecords(p: number, end: number): boolean {
    const { bytes } = this.scanner
    let q = p + 1
    while (q < end && isBlank(bytes[q]!)) q++
    return q === end || bytes[q] === openObject || bytes[q] === openArray || bytes[q] === quote
  }

  private advanceValues(): boolean {
    const { scanner } = this
    const { exports: x } = scanner
    if (!this.walking) {
      const from = this.pos
      while (this.pos < this.have) {
        const c = this.byteAt(this.pos)
        const skip = isBlank(c) || c === comma || c === closeArray
        if (!skip && !(c === openArray && this.opensRecords(this.base + this.pos, this.base + this.have))) break
        this.pos++
      }
      this.line += x.countNewlines(this.base + from, this.base + this.pos)
      if (this.pos >= this.have) return false
      const c = this.byteAt(this.pos)
      const lineStart = this.pos === 0 || this.line === 0 || this.byteAt(this.pos - 1) === newline
      if ((c !== openObject && c !== openArray && c !== quote) || (this.singles >= backToLines && lineStart)) {
        if (this.hasLineEnd()) this.mode = 'lines'
        else if (this.have - this.pos < chunk && !this.ended) return false
        else if (c === openObject || c === openArray || c === quote || this.ended) this.mode = 'lines'
        else this.skip('line', 'import/not-json', 'A line without JSON, over four million bytes long.')
        if (this.mode === 'lines') this.singles = 0
        return true
      }
      x.walkStart(this.base + this.pos)
      this.walking = true
    }
    const result = x.walk(this.base + this.have)
    const at = (x.walkPos.value >>> 0) - this.base
    if (result === 1) {
      this.walking = false
      const newlines = x.countNewlines(this.base + this.pos, this.base + at)
      this.singles = newlines === 0 ? this.singles + 1 : 0
      scanner.begin(at - this.pos)
      this.readValue(this.base + this.pos, this.base + at, this.line + 1, 0)
      this.pos = at
      this.line += newlines
      return true
    }
    if (result === 0) {
      if (this.ended) return this.endInside()
      if (this.have - this.pos > longestRecord) {
        this.skip('value', 'import/record-too-large', 'This record is longer than 256 MB.')
        return true
      }
      return false
    }
    this.walking = false
    if (result === 3) {
      this.tooDeep(this.line + 1)
      this.line += x.countNewlines(this.base + this.pos, this.base + at)
      this.pos = at
      this.mode = 'skip'
      this.skipTo = 'line'
      return true
    }
    return this.recover(at)
  }

  private givesUp(bytes: number): boolean {
    this.wasted.bytes += bytes
    if (this.wasted.values++ < patience.values || this.wasted.bytes < patience.bytes) return false
    this.skip('end', 'import/not-json', 'Too much of this file is not JSON: the rest was not read.')
    return true
  }

  private hasLineEnd(): boolean {
    return this.scanner.bytes.subarray(this.base + this.pos, this.base + this.have).includes(newline)
  }

  /**
   * The value at `pos` is broken at `at`. A torn line costs itself; of a broken document the next line that starts like
   * a record is looked for.
   */
  private recover(at: number): boolean {
    const { scanner, base } = this
    const { exports: x } = scanner
    this.sink.unreadable(this.line + 1, ...explain(scanner.bytes, base + this.pos, base + this.have))
    if (this.givesUp(at - this.pos)) return true
    const torn = x.countNewlines(base + this.pos, base + at) <= 1
    const bytes = scanner.bytes.subarray(base, base + this.have)
    const next = torn ? bytes.indexOf(newline, this.pos) : recordLine(bytes, this.pos)
    if (next < 0) {
      this.mode = 'skip'
      this.skipTo = 'line'
      return true
    }
    this.line += x.countNewlines(base + this.pos, base + next + 1)
    this.pos = next + 1
    this.mode = torn ? 'lines' : 'values'
    return true
  }

  /** The file ends inside the value at `pos`. */
  private endInside(): boolean {
    const { scanner, base } = this
    const bytes = scanner.bytes.subarray(base, base + this.have)
    // A torn line may have swallowed good ones: they start at the first column.
    const next = recordLine(bytes, this.pos)
    const swallowed = next >= 0
    const start = this.pos
    const line = this.line + 1
    if (!swallowed) {
      this.sink.unreadable(line, 'import/truncated', 'The file ends inside this record.')
      const closed = closeTruncated(bytes.subarray(start, this.have))
      if (closed) this.readText(closed, line, 0, { ...plain, line })
      this.pos = this.have
    } else {
      this.sink.unreadable(line, ...explain(scanner.bytes, base + start, base + this.have))
      if (this.givesUp(this.have - start)) return true
      this.line += scanner.exports.countNewlines(base + start, base + next + 1)
      this.pos = next + 1
    }
    this.walking = false
    return this.pos < this.have
  }

  private tooDeep(line: number): void {
    this.sink.unreadable(line, 'import/too-deep', 'Nested past 100,000 levels.')
  }

  private skip(to: 'value' | 'line' | 'end', code: string, message: string): void {
    this.sink.unreadable(this.line + 1, code, message)
    this.mode = 'skip'
    this.skipTo = to
  }

  private advanceSkip(): boolean {
    const { scanner, base } = this
    const { exports: x } = scanner
    let stop = this.have
    let done = false
    if (this.skipTo === 'value') {
      done = x.walk(base + this.have) !== 0
      stop = (x.walkPos.value >>> 0) - base
    } else if (this.skipTo === 'line') {
      // the next line that looks like a record
      const bytes = scanner.bytes.subarray(base, base + this.have)
      const next = recordLine(bytes, this.pos)
      done = next >= 0
      // a newline at the very end is kept: what follows it may be a record
      stop = done ? next + 1 : bytes[this.have - 1] === newline && !this.ended ? this.have - 1 : this.have
    }
    this.line += x.countNewlines(base + this.pos, base + stop)
    const moved = stop > this.pos
    this.pos = stop
    if (done) {
      this.mode = 'values'
      this.walking = false
      this.singles = 0
    }
    return done || (moved && this.skipTo !== 'line' && this.pos < this.have)
  }

  // One value

  private readValue(start: number, end: number, line: number, unwrapped: number): void {
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
        this.take(value, { ...plain, line, digits, lone: (flags & lineFlags.lone) !== 0 }, unwrapped)
        return true
      })
    if (!done) this.repair(Buffer.from(scanner.bytes.subarray(start, end)), line, unwrapped)
  }

  private take(value: unknown, origin: RecordOrigin, unwrapped: number): void {
    if (typeof value === 'string' && unwrapped < 2) {
      const text = value.charCodeAt(0) === 0 ? this.sink.textOf(value) : value
      if (/^\s*[[{"]/.test(text)) return this.readText(Buffer.from(text), origin.line, unwrapped + 1, origin)
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      this.sink.record(value as JsonObject, origin)
    } else this.notARecord(value, origin.line)
  }

  /** Reads a text that is not the file's own: unwrapped from a string, or closed after a cut. */
  private readText(text: Buffer, line: number, unwrapped: number, _origin: RecordOrigin): void {
    const at = this.place(text, unwrapped)
    this.readValues(at, at + text.length, line, unwrapped, false)
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
        this.sink.unreadable(line, ...explain(bytes, 0, bytes.length))
        return
      }
      const lone = (flags & lineFlags.lone) !== 0
      this.take(value, { line, digits: true, replaced, lone, deep: repaired.deep }, unwrapped)
    })
  }
}
