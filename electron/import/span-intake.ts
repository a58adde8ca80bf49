import type { Mark } from '../../shared/domain/marks.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { restated } from '../store/batch.ts'
import type { BatchBuilder } from './batch-builder.ts'
import type { Bodies } from './bodies.ts'
import { ContextNumbers } from './context-numbers.ts'
import { contentHash, fillIds } from './derived-ids.ts'
import { isSpan, type SpanOrigin, type TraceFormat } from './format.ts'
import type { OtlpContext } from './formats/otlp-around.ts'
import { spanOf } from './formats/otlp-span.ts'
import type { Keeper } from './keeper.ts'
import { markFragment } from './merge-raw.ts'
import { isSealed } from './seal.ts'
import { splitNotes, withNotes, type Notes } from './notes.ts'
import { printRecord } from './numbers.ts'
import type { RecordOrigin, RecordSink } from './record-values.ts'
import type { Scanner } from './scan/scanner.ts'
import type { SpanTape } from './scan/span-tape.ts'
import { readSpanColumns } from './span-reading.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'
import { UnreadCounter } from './unread-fields.ts'
import type { WrittenParts } from './written-parts.ts'

/** Who found a span, and where. */
export interface SpanSource {
  readonly format: TraceFormat
  readonly origin: RecordOrigin
  readonly written: WrittenParts
  readonly given: SpanOrigin | undefined
}

/** Where it tells what is no span. */
export interface Complaints extends Pick<RecordSink, 'unreadable'> {
  /** Whether somebody will look at the bytes. */
  readonly describes: boolean
}

/** Takes the spans that formats find: reads them, keeps what they say, and adds both to the batch. */
export class SpanIntake {
  readonly unread = new UnreadCounter()
  /** Spans of this file. */
  count = 0
  /** Ids were made for records of this file. */
  madeIds = false
  private readonly scanner: Scanner
  private readonly bodies: Bodies
  private readonly keeper: Keeper
  private readonly builder: BatchBuilder
  private readonly tape: SpanTape
  private readonly complaints: Complaints
  private readonly contexts: ContextNumbers
  /** How often each record without ids was met in this file: in another it is the same record again. */
  private readonly occurrences = new Map<string, number>()

  constructor(
    scanner: Scanner,
    bodies: Bodies,
    keeper: Keeper,
    builder: BatchBuilder,
    tape: SpanTape,
    complaints: Complaints,
  ) {
    this.scanner = scanner
    this.bodies = bodies
    this.keeper = keeper
    this.builder = builder
    this.tape = tape
    this.complaints = complaints
    this.contexts = new ContextNumbers(scanner, keeper, builder)
  }

  beginFile(): void {
    this.count = 0
    this.madeIds = false
    this.occurrences.clear()
  }

  /** Contexts are known by identity within a record. */
  beginRecord(): void {
    this.contexts.beginRecord()
  }

  add(record: object, context: object, { format, origin, written, given }: SpanSource): void {
    const { keeper, tape } = this
    const { written: around, notes } = given ? splitNotes(context) : { written: context, notes: noNotes }
    const leaf = written.isOutline ? written.placeOf(record) : -1
    const taped = leaf < 0 ? undefined : tape.read(leaf, keeper.defer, this.unread.silent)
    let parsed: object | undefined
    const whole = (): object => (leaf < 0 ? record : (parsed ??= written.parseLeaf(leaf)))
    let raw = taped ? spanOf(taped, around as OtlpContext, keeper.defer) : format.rawSpan(whole(), around, keeper.defer)
    if (!isSpan(raw)) {
      const { describes } = this.complaints
      const bytes = describes ? Buffer.from(keeper.restore(printRecord(whole(), origin.digits))) : undefined
      this.complaints.unreadable(origin.line, raw.code, raw.message, bytes, origin.unit)
      return
    }
    raw = markFragment(raw)
    let printed: string | undefined
    const json = () => (printed ??= printRecord(whole(), origin.digits))
    let place = this.contexts.ofRecord(context, format.id, origin.digits)
    let occurrence = notes.occurrence ?? 1
    if (raw.spanId === '' || raw.traceId === '') {
      if (given) raw = fillIds(raw, keeper.restore(json()), occurrence)
      else [raw, occurrence] = this.withIds(raw, json)
    }
    const start = keeper.end
    if (written.find(record)) keeper.keepAt(written.start, written.length)
    else keeper.keep(json())
    const [textEnd, textHash] = [keeper.end, keeper.hash(start)]
    const noticed = this.marksOf(origin, json, start)
    const marks = notes.marks ? [...new Set([...notes.marks, ...noticed])] : noticed
    if (occurrence > 1 || marks.length > 0) {
      const found = { ...(occurrence > 1 ? { occurrence } : {}), ...(marks.length > 0 ? { marks } : {}) }
      place = this.contexts.of(withNotes(around, found), format.id, origin.digits)
      raw = { ...raw, marks: [...raw.marks, ...marks] }
    }
    const columns = readSpanColumns(raw)
    const fields = taped && !tape.hasMore ? undefined : format.fields
    this.unread.note(raw, columns.conventions, fields && whole(), fields)
    if (taped && tape.silentSet !== 0) this.unread.silent.note(tape.silentSet)
    this.count++
    this.builder.add(
      {
        traceId: raw.traceId,
        nameNumber: taped && raw.name === taped.name ? tape.nameNumber : 0,
        place: given?.place ?? origin.line,
        tag: spanTag(raw.spanId),
        hash: this.restates(raw, context, json, origin) ? restated : this.scanner.exports.mix52(textHash, place.hash),
        context: place.number,
        textEnd,
      },
      columns,
    )
  }

  /** Whether it only repeats what the span says that it was made from. */
  private restates({ seal }: RawSpan, context: object, json: () => string, { digits }: RecordOrigin): boolean {
    if (seal === undefined) return false
    const { keeper } = this
    return isSealed(seal, keeper.restore(printRecord(context, digits)), keeper.restore(json()))
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
  private marksOf(origin: RecordOrigin, json: () => string, start: number): readonly Mark[] {
    const { keeper } = this
    const { deep, escapes } = origin
    const isWhole = !origin.lone && !origin.replaced && deep.length === 0 && escapes.length === 0
    if (isWhole && this.bodies.repaired.size === 0) return noMarks
    const isLone = (origin.lone && /\\ud[89a-f]/.test(json())) || keeper.refersToRepaired(start)
    // Its texts in place only where they must be looked into: from the first half pair on, every span comes here.
    const restored = origin.replaced || deep.length > 0 || escapes.length > 0 ? keeper.restore(json()) : ''
    const isReplaced = origin.replaced && restored.includes('\ufffd')
    const isEscaped = escapes.some(text => restored.includes(text))
    const isDeep = deep.some(text => restored.includes(JSON.stringify(text).slice(1, -1)))
    return [
      ...(isLone || isReplaced || isEscaped ? (['repaired-text'] as const) : []),
      ...(isDeep ? (['deep'] as const) : []),
    ]
  }
}

const noMarks: readonly Mark[] = []
const noNotes: Notes = {}
