import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../shared/domain/json.ts'
import { explain } from './explain.ts'
import {
  closeArray,
  comma,
  hash,
  isBlank,
  newline,
  openArray,
  openObject,
  quote,
  recordLine,
  slash,
} from './json-bytes.ts'
import { closeTruncated } from './repair.ts'
import { lineFlags, type Region, type Scanner } from './scan/scanner.ts'
import type { SpanTape } from './scan/span-tape.ts'
import type { ByteReader } from './sources/byte-reader.ts'
import { plain, ValueReader, type RecordOrigin, type RecordSink } from './record-values.ts'

/** What stands between the data of an event stream (server-sent events): names, ids, comments, the end of an answer. */
function isBetweenEvents(line: string): boolean {
  return /^\s*(?:event: ?\w|id: ?\w|retry: ?\d|: |data: ?\[DONE\])/.test(line)
}

const chunk = 4 << 20
/** A record longer than this is refused: it has to lie in memory in one piece. */
export const longestRecord = 256 << 20
/** So many values of one line each in a row, and lines are read as lines again. */
const backToLines = 16
const smallWindow = 1 << 16
/** A line with one of these is looked at again. */
const unusual = lineFlags.deep | lineFlags.number | lineFlags.full | lineFlags.open
/** Broken values, and bytes walked in vain, after which the rest of a file is given up: keeps hostile files linear. */
const patience = { values: 16, bytes: 64 << 20 }

/**
 * Yields the top-level JSON values of a text, whatever contains them: a value a line (the fast path: lines are scanned
 * thousands at a time), pretty-printed documents one after another, an array, JSON inside JSON strings, log lines with a
 * prefix. A bad record costs that record. Memory is bounded by the longest record.
 */
export class RecordReader {
  private readonly scanner: Scanner
  private readonly sink: RecordSink
  private readonly input: Region
  private readonly values: ValueReader
  private have = 0
  private pos = 0
  /** Lines before `pos`. */
  private line = 0
  private mode: 'lines' | 'values' | 'skip' = 'lines'
  private ended = false
  /** In 'values': the walk of the value that starts at `pos` has begun. */
  private walking = false
  private singles = 0
  /** The last line of what was unreadable last. */
  private badLine = -1
  /** Bytes of lines scanned at once: few after a document that was not a line, so that mixtures cost no more. */
  private window = chunk * 2
  private wasted = { values: 0, bytes: 0 }
  /** In 'skip': what is being passed over is one record or the rest of a line. */
  private skipTo: 'value' | 'line' | 'end' = 'line'

  constructor(scanner: Scanner, sink: RecordSink, tape: SpanTape) {
    this.scanner = scanner
    this.sink = {
      record: (value, origin) => sink.record(value, origin),
      unreadable: (line, code, message, bytes) => {
        this.badLine = line
        sink.unreadable(line, code, message, bytes)
      },
      textOf: reference => sink.textOf(reference),
    }
    this.values = new ValueReader(scanner, this.sink, tape)
    this.input = scanner.region(chunk * 2)
  }

  /** See ValueReader.readComposed. */
  readComposed(text: Buffer, line: number, take: (value: JsonObject, origin: RecordOrigin) => void): boolean {
    return this.values.readComposed(text, line, take)
  }

  /** Reads a text from its first byte. `pause` is called between pieces and says whether to go on. */
  async readAll(reader: ByteReader, pause: () => boolean): Promise<void> {
    this.have = this.pos = this.line = this.singles = 0
    this.wasted = { values: 0, bytes: 0 }
    this.window = chunk * 2
    this.mode = 'lines'
    this.ended = this.walking = false
    this.badLine = -1
    for (;;) {
      this.makeRoom()
      const read = reader.read(this.scanner.bytes, this.input.at + this.have, chunk)
      const count = typeof read === 'number' ? read : await read
      const before = this.have
      this.have += count
      this.ended = count === 0
      while (this.advance(before));
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
    if (valid && (flags & unusual) === 0) {
      const start = scanner.lineField(i, 0)
      let end = scanner.lineField(i, 1)
      const { bytes } = scanner
      while (end > start && isBlank(bytes[end - 1]!)) end--
      if (bytes[end - 1] === comma) end--
      if (bytes[start] === openObject && end > start) {
        const number = this.line + scanner.lineField(i, 5)
        if (this.values.takeOutline(i, end, { ...plain, line: number })) return true
        const value = this.values.parse(start, end, false)
        if (value !== undefined) {
          const lone = (flags & lineFlags.lone) !== 0
          this.sink.record(value as JsonObject, { ...plain, line: number, lone, ...this.values.textOf(i, start, end) })
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

  /** Whatever is not one JSON object on its line. False as in `readLine`. */
  private readOddLine(start: number, end: number, line: number): boolean {
    const { scanner } = this
    let p = start
    while (p < end && isBlank(this.byteAt(p))) p++
    if (p === end) return true
    const first = this.byteAt(p)
    if (p > start && line === this.badLine + 1 && first !== openObject && first !== openArray) {
      // an indented line after a broken one is more of the same
      this.badLine = line
      return true
    }
    if (first === hash || (first === slash && this.byteAt(p + 1) === slash)) return true
    if (first === openObject || first === openArray || first === closeArray || first === comma || first === quote) {
      const rest = this.values.readValues(this.base + p, this.base + end, line, 0, this.base + this.have)
      if (rest === undefined) return true
      this.continueAt = rest - this.base
      return false
    }
    // a log line (`data:` of an event stream too): JSON from one of its braces to the end of that value
    for (let tries = 0; tries < 8; tries++) {
      const brace = scanner.bytes.subarray(this.base + p, this.base + end).indexOf(openObject)
      if (brace < 0) break
      p += brace
      scanner.exports.walkStart(this.base + p)
      if (scanner.exports.walk(this.base + end) === 1) {
        const stop = scanner.exports.walkPos.value >>> 0
        if (stop - this.base - p > 2) {
          this.values.readValue(this.base + p, stop, line)
          return true
        }
      }
      p++
    }
    const value = this.values.parse(this.base + start, this.base + end, false)
    const bytes = scanner.bytes.subarray(this.base + start, this.base + end)
    if (value === undefined && isBetweenEvents(bytes.toString('latin1', 0, 16))) return true
    if (value === undefined) this.sink.unreadable(line, ...explain(bytes, 0, bytes.length), bytes)
    else this.values.notARecord(value, line)
    return true
  }

  // Values

  private advanceValues(): boolean {
    const { scanner } = this
    const { exports: x } = scanner
    if (!this.walking) {
      const from = this.pos
      while (this.pos < this.have) {
        const c = this.byteAt(this.pos)
        const skip = isBlank(c) || c === comma || c === closeArray
        if (!skip && !(c === openArray && this.values.opensRecords(this.base + this.pos, this.base + this.have))) break
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
      this.values.readValue(this.base + this.pos, this.base + at, this.line + 1)
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
      this.values.tooDeep(this.line + 1)
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
    const bytes = scanner.bytes.subarray(base, base + this.have)
    const lineEnd = bytes.indexOf(newline, this.pos)
    const torn = x.countNewlines(base + this.pos, base + at) <= 1 && !isBlank(bytes[lineEnd + 1] ?? 0)
    // Up to where it broke, however much has arrived; the line of a next record is none of it.
    const passed = bytes.subarray(0, at + 1)
    const after = recordLine(passed, this.pos)
    const shown = passed.subarray(this.pos, after >= 0 ? after : at + 1)
    this.sink.unreadable(this.line + 1, ...explain(bytes, this.pos, this.have), shown)
    if (this.givesUp(at - this.pos)) return true
    const next = torn ? lineEnd : recordLine(bytes, this.pos)
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
      this.sink.unreadable(line, 'import/truncated', 'The file ends inside this record.', bytes.subarray(start))
      const closed = closeTruncated(bytes.subarray(start, this.have))
      if (closed) this.values.readText(closed, line)
      this.pos = this.have
    } else {
      this.sink.unreadable(line, ...explain(bytes, start, this.have), bytes.subarray(start, next))
      if (this.givesUp(this.have - start)) return true
      this.line += scanner.exports.countNewlines(base + start, base + next + 1)
      this.pos = next + 1
    }
    this.walking = false
    return this.pos < this.have
  }

  private skip(to: 'value' | 'line' | 'end', code: string, message: string): void {
    const bytes = this.scanner.bytes.subarray(this.base + this.pos, this.base + this.have)
    this.sink.unreadable(this.line + 1, code, message, bytes)
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
}
