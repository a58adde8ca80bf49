import type { SkippedRecords, UnreadableRecord } from '../../shared/domain/receipt.ts'
import { Columns } from '../store/columns.ts'
import type { SpanReading } from '../store/reread.ts'
import { hashResponseId } from '../store/response-id.ts'
import type { Batch, NewContext, ScoreRow } from '../store/batch.ts'
import type { GivenNote } from '../store/given-notes.ts'
import type { NewBodies } from './bodies.ts'
import { mostNumbers } from './scan/scanner.ts'

const recordShape = {
  trace: Uint32Array,
  place: Float64Array,
  tag: Float64Array,
  parentTag: Float64Array,
  hash: Float64Array,
  context: Uint32Array,
  name: Uint32Array,
  kind: Uint8Array,
  status: Uint8Array,
  start: Float64Array,
  startNs: Uint16Array,
  duration: Float64Array,
  durationNs: Uint16Array,
  marks: Uint32Array,
  conventions: Float64Array,
  traceName: Uint32Array,
  session: Uint32Array,
  user: Uint32Array,
  environment: Uint32Array,
  release: Uint32Array,
  application: Uint32Array,
  feature: Uint32Array,
  tenant: Uint32Array,
  traits: Uint32Array,
  textEnd: Uint32Array,
} as const

const callShape = {
  record: Uint32Array,
  model: Uint32Array,
  provider: Uint32Array,
  response: Float64Array,
  promptName: Uint32Array,
  promptVersion: Uint32Array,
  input: Float64Array,
  output: Float64Array,
  cacheRead: Float64Array,
  cacheWrite: Float64Array,
  cacheWrite1h: Float64Array,
  reasoning: Float64Array,
  cost: Float64Array,
  costRest: Float64Array,
  more: Uint32Array,
  firstToken: Float64Array,
  messages: Float64Array,
} as const

/** Strings by their number, counted from 1; the new ones are announced with the next batch. */
class Numbered {
  private readonly numbers = new Map<string, number>()
  private fresh: string[] = []
  private readonly latest: { text: string; number: number }[] = []
  /** Of names that the scan has numbered. */
  private readonly ofNames = new Uint32Array(mostNumbers + 1)

  /** The number of a text; `column` is where it stands, from 0: what stands below another is often the same. */
  of(text: string | undefined, column = 0): number {
    if (text === undefined) return 0
    const latest = (this.latest[column] ??= { text: '', number: 0 })
    // Comparing is cheaper than hashing.
    if (text === latest.text && latest.number > 0) return latest.number
    latest.text = text
    return (latest.number = this.numberOf(text))
  }

  /** The number of a text that the scan has numbered otherwise, or has not (0). */
  ofName(text: string, name: number): number {
    if (name === 0) return this.of(text)
    return this.ofNames[name] || (this.ofNames[name] = this.numberOf(text))
  }

  private numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.numbers.size + 1
    this.numbers.set(text, number)
    this.fresh.push(text)
    return number
  }

  take(): string[] {
    const { fresh } = this
    this.fresh = []
    return fresh
  }
}

export interface RecordPlace {
  readonly traceId: string
  /** The scan's number of the span's name; 0 where it has none. */
  readonly nameNumber: number
  readonly place: number
  readonly tag: number
  readonly hash: number
  readonly context: number
  /** End of its kept text among the batch's. */
  readonly textEnd: number
}

/** At most this many unreadable records of a file are described; all are counted. */
const mostDescribed = 1000
/** So many of a sort of skipped records are placed. */
export const mostPlaces = 20

/** Gathers what the parser finds into batches. */
export class BatchBuilder {
  private readonly strings = new Numbered()
  private readonly traces = new Numbered()
  private readonly records = new Columns(recordShape, 4096)
  private readonly calls = new Columns(callShape, 1024)
  private contexts: NewContext[] = []
  private scores: ScoreRow[] = []
  private notes: GivenNote[] = []
  private unreadable: UnreadableRecord[] = []
  private unreadableCount = 0
  private described = 0
  private readonly skips = new Map<string, { count: number; places?: string[] }>()

  get recordCount(): number {
    return this.records.count
  }

  get isEmpty(): boolean {
    return this.records.count === 0 && this.unreadableCount === 0 && this.skips.size === 0
  }

  beginFile(): void {
    this.described = 0
  }

  /** Number of a trace, from 1. */
  traceNumber(id: string): number {
    return this.traces.of(id)
  }

  addContext(context: NewContext): void {
    this.contexts.push(context)
  }

  addUnreadable(record: UnreadableRecord): void {
    this.unreadableCount++
    if (this.described++ < mostDescribed) this.unreadable.push(record)
  }

  get noteCount(): number {
    return this.notes.length
  }

  addNote(note: GivenNote): void {
    this.notes.push(note)
  }

  addSkipped(what: string, count: number, place?: string): void {
    let sort = this.skips.get(what)
    if (!sort) this.skips.set(what, (sort = { count: 0 }))
    sort.count += count
    if (place !== undefined && (sort.places?.length ?? 0) < mostPlaces) (sort.places ??= []).push(place)
  }

  add(place: RecordPlace, reading: SpanReading): void {
    const { strings } = this
    const row = this.records.add()
    const { at } = this.records
    at.trace[row] = this.traces.of(place.traceId)
    at.place[row] = place.place
    at.tag[row] = place.tag
    at.parentTag[row] = reading.parentTag
    at.hash[row] = place.hash
    at.context[row] = place.context
    at.name[row] = strings.ofName(reading.name, place.nameNumber)
    at.kind[row] = reading.kind
    at.status[row] = reading.status
    at.start[row] = reading.start
    at.startNs[row] = reading.startNs
    at.duration[row] = reading.duration
    at.durationNs[row] = reading.durationNs
    at.marks[row] = reading.marks
    at.conventions[row] = reading.conventions
    at.traceName[row] = strings.of(reading.traceName, 1)
    at.session[row] = strings.of(reading.session, 2)
    at.user[row] = strings.of(reading.user, 3)
    at.environment[row] = strings.of(reading.environment, 4)
    at.release[row] = strings.of(reading.release, 5)
    at.application[row] = strings.of(reading.application, 6)
    at.feature[row] = strings.of(reading.feature, 7)
    at.tenant[row] = strings.of(reading.tenant, 8)
    at.traits[row] = strings.of(reading.traits, 14)
    at.textEnd[row] = place.textEnd
    if (reading.call) this.addCall(row, reading.call)
    for (const { name, value, label, explanation, source } of reading.scores) {
      this.scores.push({
        record: row,
        name,
        ...(value === undefined ? {} : { value }),
        ...(label === undefined ? {} : { label }),
        ...(explanation === undefined ? {} : { explanation }),
        ...(source === undefined ? {} : { source }),
      })
    }
  }

  private addCall(record: number, call: NonNullable<SpanReading['call']>): void {
    const { strings } = this
    const row = this.calls.add()
    const { at } = this.calls
    at.record[row] = record
    at.model[row] = strings.of(call.model, 9)
    at.provider[row] = strings.of(call.provider, 10)
    at.response[row] = hashResponseId(call.responseId)
    at.promptName[row] = strings.of(call.promptName, 11)
    at.promptVersion[row] = strings.of(call.promptVersion, 12)
    at.input[row] = call.input
    at.output[row] = call.output
    at.cacheRead[row] = call.cacheRead
    at.cacheWrite[row] = call.cacheWrite
    at.reasoning[row] = call.reasoning
    at.cost[row] = call.cost
    at.cacheWrite1h[row] = call.cacheWrite1h
    at.costRest[row] = call.costRest
    at.more[row] = strings.of(call.more, 13)
    at.firstToken[row] = call.firstToken
    at.messages[row] = call.messages
  }

  /** The batch so far; the builder starts a new one. */
  take(
    progress: { position: number; consumed: number },
    bodies: NewBodies,
    texts: Uint8Array,
    bodiesUsed: Uint32Array,
  ): Batch {
    const { textEnd, ...columns } = sliced(this.records)
    const calls = sliced(this.calls)
    const skipped: SkippedRecords[] = [...this.skips].map(([what, sort]) => ({ what, ...sort }))
    const batch: Batch = {
      ...progress,
      newStrings: this.strings.take(),
      newContexts: this.contexts,
      newTraces: this.traces.take(),
      ...bodies,
      records: this.records.count,
      texts,
      textEnds: textEnd,
      bodiesUsed,
      columns,
      calls: { count: this.calls.count, ...calls },
      scores: this.scores,
      unreadable: this.unreadable,
      unreadableCount: this.unreadableCount,
      skipped,
      ...(this.notes.length > 0 ? { notes: this.notes } : {}),
    }
    this.records.count = this.calls.count = this.unreadableCount = 0
    this.contexts = []
    this.scores = []
    this.unreadable = []
    this.notes = []
    this.skips.clear()
    return batch
  }
}

type Sliceable = { readonly [name: string]: { slice(start: number, end: number): unknown } }

function sliced<C extends Sliceable>(columns: { readonly at: C; readonly count: number }): C {
  const result: Record<string, unknown> = {}
  for (const name of Object.keys(columns.at)) result[name] = columns.at[name]!.slice(0, columns.count)
  return result as C
}

/** Buffers that move to the writer's thread with a batch. */
export function transfersOf(batch: Batch): ArrayBuffer[] {
  const { count: _, ...calls } = batch.calls
  const arrays: Uint8Array[] | readonly ArrayBufferView[] = [
    batch.bodies,
    batch.bodyEnds,
    batch.bodyHashes,
    batch.texts,
    batch.textEnds,
    batch.bodiesUsed,
    ...Object.values(batch.columns as unknown as Record<string, ArrayBufferView>),
    ...Object.values(calls as unknown as Record<string, ArrayBufferView>),
  ]
  return arrays.map(array => array.buffer as ArrayBuffer)
}
