import { InspectorError } from '../../shared/domain/errors.ts'
import type { JsonObject } from '../../shared/domain/json.ts'
import type { UnknownRows } from '../../shared/domain/mapping.ts'
import type { Mark } from '../../shared/domain/marks.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { UnreadableRecord } from '../../shared/domain/receipt.ts'
import type { Batch } from '../store/batch.ts'
import { BatchBuilder } from './batch-builder.ts'
import { Bodies, type BodySeed } from './bodies.ts'
import { contentHash, fillIds } from './derived-ids.ts'
import {
  isSpan,
  type RecordReader as FormatReader,
  type RecordSink as SpanSink,
  type SpanOrigin,
  type TraceFormat,
} from './format.ts'
import { mapped, type MappedContext } from './formats/mapped.ts'
import type { OtlpContext } from './formats/otlp-around.ts'
import { otlpJson } from './formats/otlp-json.ts'
import { spanOf } from './formats/otlp-span.ts'
import { detectFormat, formatOf } from './formats/index.ts'
import { describeText } from './guess-text.ts'
import { Keeper } from './keeper.ts'
import { markFragment } from './merge-raw.ts'
import { splitNotes, withNotes, type Notes } from './notes.ts'
import { parseSkeleton, printRecord } from './numbers.ts'
import { OtlpFrames } from './otlp-frames.ts'
import { RecordReader } from './records.ts'
import { Scanner } from './scan/scanner.ts'
import { SpanTape } from './scan/span-tape.ts'
import { showBytes } from './show-bytes.ts'
import type { ByteReader } from './sources/byte-reader.ts'
import type { ByteSource } from './sources/bytes.ts'
import { openParts, type Part, type Unpacking } from './sources/open.ts'
import { readSpanColumns } from './span-reading.ts'
import { spanTag } from './tag.ts'
import { UnreadCounter, type UnreadFields } from './unread-fields.ts'
import { isErrorResponse, unknownRecord } from './unknown-record.ts'
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
  /** Ids were made for its records, by how many of these there were before. */
  readonly madeIds: boolean
  /** The same for a file before it in the same import: what it gives alone is not known. */
  readonly onFilesBefore: boolean
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
  private readonly unread = new UnreadCounter()
  private readonly tape: SpanTape
  private readonly reader: RecordReader
  private written: WrittenParts
  private readonly frames: OtlpFrames
  private readonly mappings: MappingsToUse
  private unknownRows: UnknownRowReader
  private readonly emit: (batch: Batch) => boolean
  private readonly mayGoOn: () => boolean
  private readonly contexts = new Map<string, { number: number; hash: number }>()
  private lastContext = 0
  private contextsOfRecord = new Map<object, { number: number; hash: number } | undefined>()
  private readonly occurrences = new Map<string, number>()
  private madeIds = false
  private format!: TraceFormat
  private readers = new Map<TraceFormat, FormatReader>()
  private path = ''
  private origin!: RecordOrigin
  private source!: ByteSource
  private formatCounts: Record<string, number> = {}
  private likelyCounts: Record<string, number> = {}
  private unknown: readonly [code: string, message: string] | undefined
  private firstUnreadable: string | undefined
  private counts = { spans: 0, skipped: 0, unreadable: 0 }
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
    this.tape = new SpanTape(this.scanner)
    this.reader = new RecordReader(this.scanner, this, this.tape)
    this.written = new WrittenParts(this.scanner)
    this.frames = new OtlpFrames(this.scanner, this, this.tape)
    this.emit = emit
    this.mayGoOn = mayGoOn
    this.mappings = mappings
    this.unknownRows = this.readUnknownRows(mappings)
  }

  /** What files before the next say under names that nothing reads, where they were not read again. */
  heardUnread(names: readonly string[]): void {
    this.unread.heard(names)
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
    this.counts = { spans: 0, skipped: 0, unreadable: 0 }
    this.binarySpans = 0
    this.madeIds = false
    const madeBefore = this.occurrences.size > 0
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
    return {
      formats: this.formatCounts,
      likely: this.likelyCounts,
      ...this.counts,
      ...this.unread.take(),
      unknownRows: this.unknownRows.reports,
      ...unknown,
      ...(this.binarySpans > 0 ? { protobuf: this.binarySpans === this.counts.spans ? 'all' : 'some' } : {}),
      packed: unpacking.packed,
      unpackedBytes: this.position,
      stopped: this.stopped,
      depends: {
        madeIds: this.madeIds,
        onFilesBefore: this.madeIds && madeBefore,
        onMappings: this.unknownRows.asked,
      },
    }
  }

  private async readPart({ member, content }: Part): Promise<void> {
    this.member = member
    this.doubts = member === undefined ? undefined : []
    if ('frames' in content) {
      const before = this.counts.spans
      await this.frames.readAll(content.frames, bytes => {
        this.advance(bytes)
        return this.flush(false)
      })
      this.binarySpans += this.counts.spans - before
    } else {
      await this.reader.readAll(this.counted(content.text), () => this.flush(false))
      this.unknownRows.end()
      if (member !== undefined) this.endMember(content.head)
      else if (this.foundNothing && this.firstUnreadable === 'import/not-json') {
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

  private advance(count: number): number {
    this.position += count
    return count
  }

  private flush(all: boolean): boolean {
    if (!this.mayGoOn()) this.stopped = true
    const full =
      this.builder.recordCount >= batchRecords || this.keeper.end >= batchBytes || this.bodies.bytes >= batchBytes
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
    if (!detected) {
      this.written.begin(value, origin.text)
      if (isErrorResponse(value)) this.refuse(value)
      else this.unknownRows.read(value)
      return
    }
    const { format, sure } = detected
    this.format = format
    this.formatCounts[format.id] = (this.formatCounts[format.id] ?? 0) + 1
    if (sure === 'likely') this.likelyCounts[format.id] = (this.likelyCounts[format.id] ?? 0) + 1
    this.contextsOfRecord.clear()
    this.written.begin(value, origin.text)
    try {
      this.readerOf(format).read(value, this)
    } catch (error) {
      this.notUnderstood(error)
    }
    if (this.keeper.end >= batchBytes * 2) this.flush(false)
  }

  private refuse(value: JsonObject): void {
    this.unknown ??= unknownRecord(value)
    this.skipped('JSON objects of no known trace format', 1)
  }

  private readUnknownRows(mappings: MappingsToUse): UnknownRowReader {
    const row = (record: JsonObject, context: MappedContext): void => {
      this.format = mapped
      this.formatCounts[mapped.id] = (this.formatCounts[mapped.id] ?? 0) + 1
      this.contextsOfRecord.clear()
      this.span(record, context)
      if (this.keeper.end >= batchBytes * 2) this.flush(false)
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
      this.contextsOfRecord.clear()
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
  private get describes(): boolean {
    return this.counts.unreadable + (this.doubts?.length ?? 0) < 100
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
    return this.keeper.restore(
      typeof part === 'object' && part !== null ? printRecord(part, true) : JSON.stringify(part),
    )
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
      this.addSpan(record, context, given)
    } catch (error) {
      this.keeper.drop(start)
      this.notUnderstood(error)
    } finally {
      this.format = outer
    }
  }

  /** No format may throw. Should one do it nevertheless, that costs its record and not the file. */
  private notUnderstood(error: unknown): void {
    if (error instanceof InspectorError) throw error
    this.unreadable('import/not-understood', `This build stumbles over it: ${String(error).slice(0, 200)}`)
  }

  private addSpan(record: object, context: object, given: SpanOrigin | undefined): void {
    const { origin, keeper } = this
    const { written, notes } = given ? splitNotes(context) : { written: context, notes: noNotes }
    const leaf = this.written.isOutline ? this.written.placeOf(record) : -1
    const taped = leaf < 0 ? undefined : this.tape.read(leaf, keeper.defer)
    let parsed: object | undefined = leaf < 0 || taped ? undefined : this.written.parseLeaf(leaf)
    const whole = (): object => (leaf < 0 ? record : (parsed ??= this.written.parseLeaf(leaf)))
    let raw = taped
      ? spanOf(taped, written as OtlpContext, keeper.defer)
      : this.format.rawSpan(whole(), written, keeper.defer)
    if (!isSpan(raw)) {
      const bytes = this.describes ? Buffer.from(keeper.restore(printRecord(whole(), origin.digits))) : undefined
      this.unreadable(origin.line, raw.code, raw.message, bytes, origin.unit)
      return
    }
    raw = markFragment(raw)
    let printed: string | undefined
    const json = () => (printed ??= printRecord(whole(), origin.digits))
    let around = this.contextsOfRecord.get(context)
    if (!around) this.contextsOfRecord.set(context, (around = this.contextOf(context)))
    let occurrence = notes.occurrence ?? 1
    if (raw.spanId === '' || raw.traceId === '') {
      if (given) raw = fillIds(raw, keeper.restore(json()), occurrence)
      else [raw, occurrence] = this.withIds(raw, json)
    }
    const start = keeper.end
    const { written: at } = this
    if (!around || !(at.find(record) ? keeper.keepAt(at.start, at.length) : keeper.keep(json()))) {
      keeper.drop(start)
      this.unreadable('import/not-json', 'A text in it has escapes that JSON does not know.')
      return
    }
    const [textEnd, textHash] = [keeper.end, keeper.hash(start)]
    const noticed = this.marksOf(json, start)
    const marks = notes.marks ? [...new Set([...notes.marks, ...noticed])] : noticed
    if (occurrence > 1 || marks.length > 0) {
      const found = { ...(occurrence > 1 ? { occurrence } : {}), ...(marks.length > 0 ? { marks } : {}) }
      around = this.contextOf(withNotes(written, found)) ?? around
      raw = { ...raw, marks: [...raw.marks, ...marks] }
    }
    const columns = readSpanColumns(raw)
    const fields = taped && !this.tape.hasMore ? undefined : this.format.fields
    this.unread.note(raw, columns.conventions, fields && whole(), fields)
    this.counts.spans++
    this.builder.add(
      {
        traceId: raw.traceId,
        place: given?.place ?? origin.line,
        tag: spanTag(raw.spanId),
        hash: this.scanner.exports.mix52(textHash, around.hash),
        context: around.number,
        textEnd,
      },
      columns,
    )
  }

  private contextOf(context: object): { number: number; hash: number } | undefined {
    const { keeper } = this
    const start = keeper.end
    const kept = keeper.keep(printRecord(context, this.origin.digits))
    if (!kept) return undefined
    const text = keeper.text(start)
    const key = `${this.format.id} ${text}`
    let known = this.contexts.get(key)
    if (!known) {
      // The store finds a context again by its text, so one that was forgotten only takes another number.
      if (this.contexts.size >= mostContexts) this.contexts.clear()
      known = {
        number: ++this.lastContext,
        hash: this.scanner.exports.mix52(keeper.hash(start), this.format.id.length),
      }
      this.contexts.set(key, known)
      this.builder.addContext({ format: this.format.id, text })
    }
    keeper.drop(start)
    return known
  }

  private withIds(raw: RawSpan, json: () => string): [RawSpan, number] {
    const restored = this.keeper.restore(json())
    const key = contentHash(restored)
    const occurrence = (this.occurrences.get(key) ?? 0) + 1
    this.madeIds = true
    this.occurrences.set(key, occurrence)
    return [fillIds(raw, restored, occurrence), occurrence]
  }

  /** What is odd about the text of this span rather than about what it says. */
  private marksOf(json: () => string, start: number): readonly Mark[] {
    const { origin, keeper } = this
    if (!origin.lone && !origin.replaced && origin.deep.length === 0 && this.bodies.lone.size === 0) return noMarks
    const isLone = (origin.lone && /\\ud[89a-f]/.test(json())) || keeper.refersToLone(start)
    // Its texts in place only where they must be looked into: from the first half pair on, every span comes here.
    const restored = origin.replaced || origin.deep.length > 0 ? keeper.restore(json()) : ''
    const isReplaced = origin.replaced && restored.includes('\ufffd')
    const isDeep = origin.deep.some(text => restored.includes(JSON.stringify(text).slice(1, -1)))
    return [...(isLone || isReplaced ? (['repaired-text'] as const) : []), ...(isDeep ? (['deep'] as const) : [])]
  }
}

/** In a log of an agent every call has its own: all of a session of 337,000 lines would be 200 MB. */
const mostContexts = 10_000
/** So many things wrong with a member are all told. */
const mostDoubts = 1000
const noMarks: readonly Mark[] = []
const noNotes: Notes = {}
