import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import type { UnknownRows } from '../../shared/domain/mapping.ts'
import type { UnreadableRecord } from '../../shared/domain/receipt.ts'
import type { Batch } from '../store/batch.ts'
import type { GivenNote } from '../store/given-notes.ts'
import { BatchBuilder } from './batch-builder.ts'
import { Bodies, type BodySeed } from './bodies.ts'
import {
  type RecordReader as FormatReader,
  type RecordSink as SpanSink,
  type SpanOrigin,
  type TraceFormat,
} from './format.ts'
import { mapped, type MappedContext } from './formats/mapped.ts'
import { otlpJson } from './formats/otlp-json.ts'
import { detectFormat, formatOf } from './formats/index.ts'
import { describeText, isQuotedTable } from './guess-text.ts'
import { Keeper } from './keeper.ts'
import { parseSkeleton, printPart } from './numbers.ts'
import { OtlpFrames } from './otlp-frames.ts'
import { RecordReader } from './records.ts'
import { Scanner } from './scan/scanner.ts'
import { SpanTape } from './scan/span-tape.ts'
import { showBytes } from './show-bytes.ts'
import type { ByteReader } from './sources/byte-reader.ts'
import type { ByteSource } from './sources/bytes.ts'
import { openParts, type Part, type Unpacking } from './sources/open.ts'
import { SpanIntake } from './span-intake.ts'
import type { UnreadFields } from './unread-fields.ts'
import { isErrorResponse, isMapping, mappingsOfFields, unknownObjects, unknownRecord } from './unknown-record.ts'
import { rowsIn } from './wrapped-rows.ts'
import { UnknownRowReader, type MappingsToUse } from './unknown-rows.ts'
import { WrittenParts } from './written-parts.ts'
import type { RecordOrigin, RecordSink } from './record-values.ts'

/** What a file turned out to be. */
export interface ParsedFile extends UnreadFields {
  /** Records by the format that read them, and those of them that could be something else. */
  readonly formats: { readonly [id: string]: number }
  readonly likely: { readonly [id: string]: number }
  /** Rows of formats nobody knows, by sort; the commonest first. */
  readonly unknownRows: readonly UnknownRows[]
  readonly spans: number
  /** Records of a known sort without spans, and objects of no known format. */
  readonly skipped: number
  readonly unreadable: number
  /** Code and message about the first object of no known format, or about a text without any. */
  readonly unknown?: readonly [code: string, message: string]
  /** What the bytes were packed in, outermost first: gzip, zstd, brotli, zip. */
  readonly packed: readonly string[]
  /** How many bytes of records came out. */
  readonly unpackedBytes: number
  /** Whether its spans, or some of them, came as protobuf. */
  readonly protobuf?: 'all' | 'some'
  readonly stopped: boolean
  /** What reading it depended on besides its bytes and rules. */
  readonly depends: Dependences
}

export interface Dependences {
  /** Ids were made for its records, by how many equal ones stand before them in it. */
  readonly madeIds: boolean
  /** It has rows that a mapping may speak of. */
  readonly onMappings: boolean
}

/** A batch goes out when one of these is reached: small enough to write in one go, large enough not to count. */
const batchRecords = 4096
const batchBytes = 2 << 20

/**
 * Reads files into batches. One parser serves all files of an import: texts, strings, traces and contexts are numbered
 * once, and repeats between files are found.
 */
export class Parser implements RecordSink, SpanSink {
  private readonly scanner: Scanner
  private readonly bodies: Bodies
  private readonly keeper: Keeper
  private readonly builder = new BatchBuilder()
  private readonly reader: RecordReader
  private written: WrittenParts
  private readonly frames: OtlpFrames
  private readonly mappings: MappingsToUse
  private unknownRows: UnknownRowReader
  private readonly emit: (batch: Batch) => boolean
  private readonly mayGoOn: () => boolean
  private readonly spans: SpanIntake
  private format!: TraceFormat
  private readers = new Map<TraceFormat, FormatReader>()
  private path = ''
  private origin!: RecordOrigin
  private source!: ByteSource
  private formatCounts: Record<string, number> = {}
  private likelyCounts: Record<string, number> = {}
  private unknown: readonly [code: string, message: string] | undefined
  private firstUnreadable: string | undefined
  private counts = { skipped: 0, unreadable: 0 }
  private binarySpans = 0
  private position = 0
  private stopped = false
  member: string | undefined
  /** What is wrong with a member in which no record was found yet: perhaps it is none of ours at all. */
  private doubts: UnreadableRecord[] | undefined

  /** Stops when `emit` answers false, or `mayGoOn` between two pieces of a file. */
  constructor(
    wasmPath: string,
    seed: BodySeed,
    emit: (batch: Batch) => boolean,
    mayGoOn: () => boolean = () => true,
    mappings: MappingsToUse = { remembered: new Map() },
  ) {
    this.scanner = new Scanner(wasmPath)
    this.bodies = new Bodies(this.scanner, seed)
    this.keeper = new Keeper(this.scanner, this.bodies)
    const tape = new SpanTape(this.scanner)
    this.spans = new SpanIntake(this.scanner, this.bodies, this.keeper, this.builder, tape, this)
    this.reader = new RecordReader(this.scanner, this, tape)
    this.written = new WrittenParts(this.scanner)
    this.frames = new OtlpFrames(this.scanner, this, tape)
    this.emit = emit
    this.mayGoOn = mayGoOn
    this.mappings = mappings
    this.unknownRows = this.readUnknownRows(mappings)
  }

  /** What files before the next say under names that nothing reads, where they were not read again. */
  heardUnread(names: readonly string[]): void {
    this.spans.unread.heard(names)
  }

  /**
   * Throws a coded error where there is nothing to read; what can be read has been emitted by then. `whole` is called when
   * all is read, before the source is closed.
   */
  async parse(source: ByteSource, path: string, whole?: () => void): Promise<ParsedFile> {
    this.source = source
    this.path = path
    this.readers.clear()
    this.unknownRows = this.readUnknownRows(this.mappings)
    this.formatCounts = {}
    this.likelyCounts = {}
    this.counts = { skipped: 0, unreadable: 0 }
    this.binarySpans = 0
    this.spans.beginFile()
    this.position = 0
    this.unknown = this.firstUnreadable = undefined
    this.builder.beginFile()
    const unpacking: Unpacking = { packed: [], report: (issue, member) => this.damaged(issue, member) }
    try {
      for await (const part of openParts(source, path, unpacking)) {
        await this.readPart(part)
        if (this.stopped) break
      }
      if (!this.stopped) {
        this.endReaders()
        whole?.()
      }
    } finally {
      source.close()
      this.flush(true)
    }
    const unknown = this.unknown ? { unknown: this.unknown } : {}
    const spans = this.spans.count
    return {
      formats: this.formatCounts,
      likely: this.likelyCounts,
      spans,
      ...this.counts,
      ...this.spans.unread.take(),
      unknownRows: this.unknownRows.reports,
      ...unknown,
      ...(this.binarySpans > 0 ? { protobuf: this.binarySpans === spans ? 'all' : 'some' } : {}),
      packed: unpacking.packed,
      unpackedBytes: this.position,
      stopped: this.stopped,
      depends: {
        madeIds: this.spans.madeIds,
        onMappings: this.unknownRows.asked,
      },
    }
  }

  private async readPart({ member, content }: Part): Promise<void> {
    this.member = member
    this.doubts = member === undefined ? undefined : []
    if ('frames' in content) {
      const before = this.spans.count
      await this.frames.readAll(content.frames, bytes => {
        this.advance(bytes)
        return this.flush(false)
      })
      this.binarySpans += this.spans.count - before
    } else {
      await this.reader.readAll(this.counted(content.text), () => this.flush(false))
      this.unknownRows.end()
      if (member !== undefined) this.endMember(content.head)
      else if (this.foundNothing && this.saysNothing(content.head())) {
        this.unknown = ['import/unrecognised', describeText(content.head())]
      }
    }
    this.settleDoubts()
    this.member = undefined
  }

  private counted(reader: ByteReader): ByteReader {
    return {
      read: (target, at, length) => {
        const read = reader.read(target, at, length)
        if (typeof read === 'number') return this.advance(read)
        return read.then(count => this.advance(count))
      },
    }
  }

  /** A member that is text and no record at all is told in one sentence. */
  private endMember(head: () => string): void {
    if (!this.doubts || this.doubts.length === 0) return
    if (this.doubts.every(({ code }) => code === 'import/not-json')) {
      this.doubts = [{ line: 1, code: 'import/unrecognised', message: describeText(head()) }]
    }
  }

  private settleDoubts(): void {
    const { doubts } = this
    this.doubts = undefined
    for (const doubt of doubts ?? []) this.addUnreadable(doubt)
  }

  /** No record of a known format, and no object of another. */
  private get foundNothing(): boolean {
    return this.unknown === undefined && Object.keys(this.formatCounts).length === 0
  }

  /** Its first line is no JSON, or JSON only by chance. */
  private saysNothing(head: string): boolean {
    return this.firstUnreadable === 'import/not-json' || (this.firstUnreadable !== undefined && isQuotedTable(head))
  }

  private advance(count: number): number {
    this.position += count
    return count
  }

  private flush(all: boolean): boolean {
    if (!this.mayGoOn()) this.stopped = true
    const full =
      this.builder.recordCount + this.builder.noteCount >= batchRecords ||
      this.keeper.end >= batchBytes ||
      this.bodies.bytes >= batchBytes
    if (!this.stopped && (full || (all && !this.builder.isEmpty))) {
      const progress = { position: this.position, consumed: this.source.consumed }
      const used = this.scanner.takeUsed()
      this.stopped = !this.emit(this.builder.take(progress, this.bodies.take(), this.keeper.take(), used))
    }
    return !this.stopped
  }

  // Records, as the reader finds them

  record(value: JsonObject, origin: RecordOrigin): void {
    if (this.doubts) this.settleDoubts()
    this.origin = origin
    const detected = detectFormat(value)
    if (origin.text?.isOutline && detected?.format !== otlpJson) {
      const { isOutline: _, ...text } = origin.text
      const whole = parseSkeleton(this.scanner.bytes.toString('utf8', text.start, text.end), false)
      this.record(whole as JsonObject, { ...origin, text })
      return
    }
    if (!detected || (detected.sure === 'likely' && isMapping(value))) {
      this.written.begin(value, origin.text)
      const rows = rowsIn(value)
      if (isErrorResponse(value) || isMapping(value)) this.refuse(value)
      else if (rows) this.readRows(rows, origin)
      else this.unknownRows.read(value)
      return
    }
    const { format, sure } = detected
    this.format = format
    this.formatCounts[format.id] = (this.formatCounts[format.id] ?? 0) + 1
    if (sure === 'likely') this.likelyCounts[format.id] = (this.likelyCounts[format.id] ?? 0) + 1
    this.spans.beginRecord()
    this.written.begin(value, origin.text)
    try {
      this.readerOf(format).read(value, this)
    } catch (error) {
      this.notUnderstood(error)
    }
  }

  /** Rows that an object stands around are records like any other. */
  private readRows(rows: readonly JsonObject[], { text: _text, ...origin }: RecordOrigin): void {
    for (const row of rows) this.record(row, origin)
  }

  private refuse(value: JsonObject): void {
    const said = unknownRecord(value)
    this.unknown ??= said
    const what = said[0] === 'import/mapping' ? mappingsOfFields : unknownObjects
    const { line, unit = 'line' } = this.origin
    this.counts.skipped++
    this.builder.addSkipped(what, 1, `${this.member === undefined ? '' : `${this.member} `}${unit} ${line}`)
  }

  private readUnknownRows(mappings: MappingsToUse): UnknownRowReader {
    const row = (record: JsonObject, context: MappedContext): void => {
      this.format = mapped
      this.formatCounts[mapped.id] = (this.formatCounts[mapped.id] ?? 0) + 1
      this.spans.beginRecord()
      this.span(record, context)
    }
    return new UnknownRowReader({ sink: this, row, refuse: record => this.refuse(record) }, mappings)
  }

  textOf(reference: string): string {
    return this.keeper.textOf(reference)
  }

  private readerOf(format: TraceFormat): FormatReader {
    let reader = this.readers.get(format)
    if (!reader) this.readers.set(format, (reader = format.open({ path: this.path })))
    return reader
  }

  private endReaders(): void {
    for (const [format, reader] of this.readers) {
      this.format = format
      this.spans.beginRecord()
      this.written.begin({}, undefined)
      reader.end?.(this)
    }
  }

  unreadable(place: number, code: string, message: string, bytes?: Uint8Array, unit?: 'byte'): void
  unreadable(code: string, message: string): void
  unreadable(a: number | string, b: string, c?: string, bytes?: Uint8Array, d?: 'byte'): void {
    const { line, unit } = typeof a === 'number' ? { line: a, unit: d } : this.origin
    const [code, message] = typeof a === 'number' ? [b, c ?? ''] : [a, b]
    if (this.source.cut && code === 'import/truncated') return
    const shown = bytes && this.describes ? { bytes: showBytes(bytes) } : {}
    const record = { ...(unit === 'byte' ? { byte: line } : { line }), code, message, ...shown }
    if (!this.doubts) this.addUnreadable(record)
    else if (this.doubts.push(record) > mostDoubts) this.settleDoubts()
  }

  private addUnreadable(record: UnreadableRecord): void {
    this.counts.unreadable++
    this.firstUnreadable ??= record.code
    this.builder.addUnreadable(this.named(record, this.member))
  }

  private named(record: UnreadableRecord, member: string | undefined): UnreadableRecord {
    return member === undefined ? record : { ...record, message: `${member}: ${record.message}` }
  }

  private damaged(issue: UnreadableRecord, member: string | undefined): void {
    if (this.source.cut && issue.code === 'import/truncated') return
    this.counts.unreadable++
    this.builder.addUnreadable(this.named(issue, member))
  }

  /** Of the first hundred it is shown what stands there. */
  get describes(): boolean {
    return this.counts.unreadable + (this.doubts?.length ?? 0) < 100
  }

  /** Stars, tags and notes are told in the receipt: they are no spans. */
  note(note: GivenNote): void {
    this.builder.addNote(note)
    this.skipped('traces and spans with stars, tags and notes of persons', 1)
  }

  skipped(what: string, count: number): void {
    this.counts.skipped += count
    this.builder.addSkipped(what, count)
  }

  // Spans, as the format finds them

  get line(): number {
    return this.origin.line
  }

  text(written: string): string {
    return written.charCodeAt(0) === 0 ? this.keeper.textOf(written) : written
  }

  hold(part: unknown): string {
    return this.keeper.restore(printPart(part))
  }

  compose(json: string, read: (record: JsonObject) => void, line = this.origin.line): void {
    const { origin: outer, written } = this
    const whole = this.reader.readComposed(Buffer.from(json), line, (record, origin) => {
      this.origin = origin
      this.written = new WrittenParts(this.scanner)
      this.written.begin(record, origin.text)
      read(record)
    })
    this.origin = outer
    this.written = written
    if (!whole)
      this.unreadable(
        line,
        'import/not-json',
        'A record put together from several is no JSON object.',
        undefined,
        outer.unit,
      )
  }

  span(record: object, context: object, given?: SpanOrigin): void {
    const outer = this.format
    const as = given ? formatOf(given.as) : outer
    if (!as || (given && as === outer)) {
      this.unreadable('import/unknown-format', 'Its format is one that this build does not know.')
      return
    }
    this.format = as
    const start = this.keeper.end
    try {
      this.spans.add(record, context, { format: as, origin: this.origin, written: this.written, given })
    } catch (error) {
      this.keeper.drop(start)
      this.notUnderstood(error)
    } finally {
      this.format = outer
    }
    // One request may hold a hundred thousand spans.
    if (this.keeper.end >= batchBytes * 2) this.flush(false)
  }

  /** No format may throw. Should one do it nevertheless, that costs its record and not the file. */
  private notUnderstood(error: unknown): void {
    if (error instanceof InspectorError) throw error
    this.unreadable('import/not-understood', `This build stumbles over it: ${String(error).slice(0, 200)}`)
  }
}

/** So many things wrong with a member are all told. */
const mostDoubts = 1000
