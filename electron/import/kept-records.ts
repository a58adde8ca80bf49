import type { DeferredText, RawEvent, RawSpan } from '../../shared/domain/raw-span.ts'
import { parseReference } from '../store/kept-record.ts'
import type { KeptText as StoredText, Skeleton } from '../store/kept-text.ts'
import { fillIds } from './derived-ids.ts'
import { isSpan, type Defer } from './format.ts'
import { formatOf } from './formats/index.ts'
import { mapped } from './formats/mapped.ts'
import type { RawRecords } from './merge-raw.ts'
import { splitNotes } from './notes.ts'
import { hasDigits, parseSkeleton } from './numbers.ts'

export type KeptText = Pick<StoredText, 'format' | 'record' | 'context' | 'skeleton'>

/** Of the records of one span these are held whatever their size, and further ones up to so many characters. */
const alwaysHeld = 100
const mostHeld = 4 << 20

/**
 * The kept records of one span, read by the formats that wrote them. Those of a common span are read once. Of very many each
 * further one is read whenever it is asked for, and so is what its events say: one message may be told in a hundred thousand
 * lines.
 */
export class KeptRecords implements RawRecords {
  readonly count: number
  private readonly records: readonly KeptText[]
  private readonly onDemand: boolean
  private readonly takesGuesses: boolean
  /** The first ones. */
  private readonly held: (RawSpan | undefined)[] = []
  private heldText = 0
  private late: { readonly number: number; readonly span: RawSpan | undefined } | undefined
  private lateEvents: { readonly number: number; readonly events: readonly RawEvent[] } | undefined

  /** `texts on demand`: long texts are read by whoever looks into them, as while importing. */
  constructor(records: readonly KeptText[], how: 'texts in place' | 'texts on demand') {
    this.records = records
    this.count = records.length
    this.onDemand = how === 'texts on demand'
    this.takesGuesses = !records.some(({ format }, number) => format === mapped.id && !isGuess(this.spanOf(number)))
  }

  /** What a person says of a row replaces what was guessed of it before. */
  read(number: number): RawSpan | undefined {
    const span = this.spanOf(number)
    return this.takesGuesses || !isGuess(span) ? span : undefined
  }

  private spanOf(number: number): RawSpan | undefined {
    if (number < this.held.length) return this.held[number]
    if (this.late?.number === number) return this.late.span
    const { span, length } = readRecord(this.records[number]!, this.onDemand)
    const fits = number < alwaysHeld || this.heldText + length <= mostHeld
    if (fits && number === this.held.length) {
      this.heldText += length
      this.held.push(span)
      return span
    }
    const late = span && { ...span, events: span.events.map((event, i) => new LateEvent(event, this, number, i)) }
    this.late = { number, span: late }
    return late
  }

  /** The events of a record that is not held. They are asked for one after another. */
  eventsOf(number: number): readonly RawEvent[] {
    if (this.lateEvents?.number !== number) {
      this.lateEvents = { number, events: readRecord(this.records[number]!, this.onDemand).span!.events }
    }
    return this.lateEvents.events
  }
}

function isGuess(span: RawSpan | undefined): boolean {
  return span?.marks.includes('guessed') === true
}

/** What it says is read when somebody looks. */
class LateEvent implements RawEvent {
  readonly name: string
  declare readonly time?: bigint
  private readonly records: KeptRecords
  private readonly record: number
  private readonly place: number

  constructor({ name, time }: RawEvent, records: KeptRecords, record: number, place: number) {
    this.name = name
    if (time !== undefined) this.time = time
    this.records = records
    this.record = record
    this.place = place
  }

  get attributes(): RawEvent['attributes'] {
    return this.records.eventsOf(this.record)[this.place]!.attributes
  }
}

interface ReadRecord {
  /** Undefined where this build does not know its format, or finds no span in it. */
  readonly span: RawSpan | undefined
  /** Characters of its text. */
  readonly length: number
}

function readRecord(kept: KeptText, onDemand: boolean): ReadRecord {
  const skeleton = onDemand ? kept.skeleton : undefined
  const json = skeleton?.record ?? kept.record
  const { written, notes } = skeleton ? contextOfSkeleton(skeleton) : contextOf(kept.context)
  const defer: Defer = skeleton ? reference => new StoredBody(reference, skeleton) : asWritten
  const raw = formatOf(kept.format)?.rawSpan(parse(json), written, defer)
  if (raw === undefined || !isSpan(raw)) return { span: undefined, length: json.length }
  const isWhole = raw.traceId !== '' && raw.spanId !== ''
  const whole = isWhole ? raw : fillIds(raw, kept.record, notes.occurrence ?? 1)
  const span = notes.marks ? { ...whole, marks: [...whole.marks, ...notes.marks] } : whole
  return { span, length: json.length }
}

const asWritten: Defer = text => text

class StoredBody implements DeferredText {
  readonly deferred = true
  /** Within one store. */
  readonly key: string
  private readonly skeleton: Skeleton

  constructor(reference: string, skeleton: Skeleton) {
    this.key = reference
    this.skeleton = skeleton
  }

  get items(): number | undefined {
    const { ids, separator } = parseReference(this.key)
    return separator === undefined ? undefined : ids.length
  }

  read(): string {
    return this.skeleton.textOf(this.key)
  }
}

function parse(json: string): object {
  const value = parseSkeleton(json, hasDigits(json))
  return typeof value === 'object' && value !== null ? value : {}
}

type Around = ReturnType<typeof splitNotes>

/** Contexts read last, by their texts: records that follow one another share a few. */
const contexts = new Map<string, Around>()
const mostContexts = 64

function contextOf(text: string): Around {
  let found = contexts.get(text)
  if (found) return found
  found = splitNotes(parse(text))
  if (contexts.size >= mostContexts) contexts.clear()
  contexts.set(text, found)
  return found
}

/** References in them are of one store: they are known by the objects that it gives. */
const skeletons = new WeakMap<object, Around>()

function contextOfSkeleton({ context }: Skeleton): Around {
  let found = skeletons.get(context)
  if (!found) skeletons.set(context, (found = splitNotes(parse(context.kept))))
  return found
}
