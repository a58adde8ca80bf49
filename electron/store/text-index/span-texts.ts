import { leaveOutBlobs } from '../../../shared/query/blobs.ts'
import { unsure, type Said } from '../../../shared/query/said.ts'
import type { ContentField, SpanText } from '../../../shared/query/texts.ts'
import { KeptReader, type KeptText } from '../kept.ts'
import type { Store } from '../open.ts'
import { listedIds, type ReferencePlace } from '../restore.ts'
import { ItemParts, PartList } from './item-parts.ts'
import { KnownOutlines, markTold, saidLike } from './known-outlines.ts'
import { placeOf } from './literals.ts'
import { partBits } from './postings.ts'
import { Stubs, type Origin } from './stubs.ts'
import { TextNumbers } from './text-numbers.ts'

/** Reads what an index holds of spans: formats and conventions are not known here. */
export interface TextReading {
  /** Undefined where a span's records cannot be read. */
  read(records: readonly KeptText[]): ReadTexts | undefined
  /** A kept record without what nobody searches, references in place of its long texts; undefined where it must be read. */
  outlineOf(format: string, kept: string): Outline | undefined
  /** The text of a value that an outline leaves out as told; undefined where it is none. */
  told(value: string): SpanText | undefined
  readonly places: TextPlaces
}

/** Records in one context whose outlines have equal keys say the same, apart from what stands here. */
export interface Outline {
  readonly key: string
  readonly lists: readonly OutlinedList[]
  /** Texts in it that are told as they are, whatever they say: at most `mostTold` of them are left out. */
  readonly told: readonly ToldValue[]
  /** All its texts, where no attribute has any. */
  readonly texts: readonly SpanText[] | undefined
  /** As in `Said`, of attributes that are not in the key. */
  readonly response: string
  readonly temperature: string
}

/** A string of a kept record, with its quotes. */
export interface ToldValue {
  readonly from: number
  readonly to: number
}

export interface OutlinedList {
  readonly side: Side
  readonly place: ReferencePlace
}

export interface ReadTexts {
  /** Every text of a span. */
  readonly texts: readonly SpanText[]
  /** What it says besides. */
  readonly said: Said
}

export type Side = 'input' | 'output'

/** The texts of a message, the same ones in the same order whichever side it is on. */
export type SpokenTexts = { readonly [side in Side]: readonly SpanText[] }

/**
 * Where records hold lists of messages that are read one by one, so that those that were read before may be left out, and what
 * nobody searches.
 */
export interface TextPlaces {
  /** What a reference at a place of a kept text stands for. */
  whatStandsAt(kept: string, at: number): Side | 'unsearched' | undefined
  /** JSON of a list with one message that says this and nothing else. */
  standIn(text: string, side: Side): string
  /** What an item says, given as JSON; undefined where it is none that stands for itself. */
  textsOf(item: string): SpokenTexts | undefined
}

/** Values of a record that are told, at most, and outlines in which they are not: how many, and how long. */
const mostTold = 8
const mostUntold = 2000
const longestUntold = 4096

/** Called for each text that has no number yet; gives it one. */
export type AddText = (text: string, origin: Origin | undefined) => number

/** Characters of bodies with stubs that are held: those of the histories at hand. Short ones take room by themselves. */
const heldBodies = 16 << 20
const roomOfBody = 64
/** Characters of texts that are held for whoever stands around them. */
const heldTexts = 8 << 20
/** Decompressed blocks: spans are read in the order in which these were written. */
const heldBytes = 12 << 20

/**
 * Reads which texts stand in spans, by number. A long text costs once, however many histories repeat it: the rest of the
 * time formats and conventions read a stub in its place (`stubs.ts`), and one message in place of a list of messages.
 */
export class SpanTexts {
  /** Spans that had to be read with every text in its place. */
  readWhole = 0
  /** Runs of bytes that were left out of texts, each text once. */
  blobs = 0
  /** Where they stood in texts of bodies. */
  private readonly withBlobs = new Set<string>()
  private readonly whole: KeptReader
  private readonly stubbed: KeptReader
  /** With one message in place of each list. */
  private readonly shortened: KeptReader
  private readonly stubs: Stubs
  private readonly numbers = new TextNumbers()
  private readonly bodies = new Held<string>(heldBodies)
  private readonly texts = new Held<string>(heldTexts)
  private readonly items = new ItemParts()
  private readonly outlines = new KnownOutlines()
  private readonly reading: TextReading
  private readonly addText: AddText
  private readonly lists: { readonly [side in Side]: LeftOut }
  /** Texts of the span at hand that stand in no list. */
  private readonly rest = new PartList()
  /** What the span at hand says besides. */
  private said: Said | undefined
  /** What stands in place of values that are told, and what each of them is. */
  private readonly toldMarks: readonly string[]
  private toldParts: number[] = []
  /** Outlines in which they are not told as they are. */
  private untold = new Set<string>()

  constructor(store: Store, reading: TextReading, addText: AddText) {
    this.reading = reading
    this.addText = addText
    this.stubs = new Stubs((text, origin) => this.longText(text, origin))
    this.lists = { input: this.leftOut('input'), output: this.leftOut('output') }
    this.toldMarks = Array.from({ length: mostTold }, (_, i) => this.stubs.secret(`told${'abcdefgh'[i]}`))
    const written = (id: number, readBody: () => string): string => {
      const known = this.bodies.get(id)
      if (known !== undefined) return known
      const text = this.stubs.stubBody(readBody(), id)
      this.bodies.put(id, text, text.length + roomOfBody)
      return text
    }
    this.whole = new KeptReader(store, { heldBytes })
    this.stubbed = new KeptReader(store, { written }, this.whole)
    this.shortened = new KeptReader(store, { written, replace: (kept, place) => this.shorten(kept, place) }, this.whole)
  }

  /**
   * For use within a transaction on the store: `found` gets each text of each span, and what it is there, `told` what each
   * says besides.
   */
  each(
    spans: readonly number[],
    found: (text: number, span: number, parts: number) => void,
    told: (span: number, said: Said | undefined) => void,
  ): void {
    const { input, output } = this.lists
    const tell = (list: PartList, span: number): void => {
      for (let i = 0; i < list.count; i++) found(list.texts[i]!, span, list.parts[i]!)
    }
    for (const { span, records } of this.whole.outlines(spans)) {
      tell(this.read(span, records), span)
      if (input.lists === 1) tell(input, span)
      if (output.lists === 1) tell(output, span)
      told(span, this.said)
      this.clearLists()
    }
  }

  /** Texts of a span that stand in no list that was left out; fills `said` and those lists. */
  private read(span: number, records: readonly KeptText[]): PartList {
    const [record] = records
    const outline = records.length === 1 ? this.reading.outlineOf(record!.format, record!.record) : undefined
    const known = outline && this.outlines.get(record!.context, outline.key)
    if (known && outline.lists.every(({ side, place }) => this.leaveOut(side, record!.record, place))) {
      this.said = saidLike(known, outline)
      if (!outline.texts && outline.told.length === 0) return known.texts
      this.rest.count = 0
      for (const one of outline.texts ?? []) this.addTo(this.rest, one)
      if (outline.told.length === 0) return this.rest
      this.rest.addAll(known.texts)
      if (this.addTold(record!, outline, known.told)) return this.rest
    }
    this.clearLists()
    if (outline && this.learn(record!, outline)) return this.rest
    this.clearLists()
    // Without marks it was read just now.
    const isRead = outline?.told.length !== 0 && this.readShort(records.map(one => this.shortened.whole(one)))
    if (!isRead) {
      this.clearLists()
      if (!this.readStubbed(span)) this.readAll(span)
    }
    return this.rest
  }

  /** Reads a record with marks in place of what is told, and remembers what others with its outline say. */
  private learn(record: KeptText, outline: Outline): boolean {
    const { told, key } = outline
    if (told.length > mostTold || this.untold.has(key)) return false
    const text = markTold(record.record, told, this.toldMarks)
    if (!this.readShort([this.shortened.whole({ ...record, record: text })], told.length)) {
      if (this.untold.size >= mostUntold) this.untold = new Set()
      if (told.length > 0 && key.length <= longestUntold) this.untold.add(key)
      return false
    }
    if (this.lists.input.lists + this.lists.output.lists === outline.lists.length)
      this.outlines.put(record.context, outline, this.rest, this.said, this.toldParts)
    return this.addTold(record, outline, this.toldParts)
  }

  /** Adds the values that are told. False where one cannot be put together. */
  private addTold(record: KeptText, { told }: Outline, parts: readonly number[]): boolean {
    return told.every(({ from, to }, i) => {
      const value = this.stubbed.whole({ ...record, record: record.record.slice(from, to) }).record
      const one = this.reading.told(JSON.parse(value) as string)
      const text = one && this.numberOf(one, true)
      if (text !== undefined) this.rest.add(text, parts[i]!)
      return !one || text !== undefined
    })
  }

  private clearLists(): void {
    this.lists.input.clear()
    this.lists.output.clear()
  }

  /**
   * Fills `rest`, and `toldParts` for so many marks. False where a list or a text that was left out is not told as what it is, or
   * a text cannot be put together.
   */
  private readShort(records: readonly KeptText[], told = 0): boolean {
    const { lists, rest } = this
    rest.count = 0
    this.toldParts = []
    let [inputs, outputs] = [0, 0]
    for (const one of this.textsOf(records)) {
      if (one.text === lists.input.mark && isOnly(one.fields, 'input')) inputs++
      else if (one.text === lists.output.mark && isOnly(one.fields, 'output')) outputs++
      else if (told > 0 && this.toldMarks.includes(one.text)) {
        const mark = this.toldMarks.indexOf(one.text)
        // Told twice it may be two texts.
        if (this.toldParts[mark] !== undefined) return false
        this.toldParts[mark] = partBits(one.fields)
      } else if (!this.addTo(rest, one)) return false
    }
    for (let mark = 0; mark < told; mark++) if (this.toldParts[mark] === undefined) return false
    return inputs === lists.input.lists && outputs === lists.output.lists && inputs < 2 && outputs < 2
  }

  private textsOf(records: readonly KeptText[]): readonly SpanText[] {
    const read = this.reading.read(records)
    this.said = read && this.withoutStubs(read.said)
    return read?.texts ?? []
  }

  /** What is long stands there as a stub: the record tells. */
  private withoutStubs({ finish, temperature, names, response }: Said): Said {
    const sure = (text: string) => (this.stubs.isIn(text) ? unsure : text)
    return { finish: sure(finish), temperature: sure(temperature), names: sure(names), response }
  }

  private readStubbed(span: number): boolean {
    this.rest.count = 0
    for (const { records } of this.stubbed.texts([span])) {
      for (const one of this.textsOf(records)) if (!this.addTo(this.rest, one)) return false
    }
    return true
  }

  private readAll(span: number): void {
    this.readWhole++
    this.rest.count = 0
    for (const { records } of this.whole.texts([span])) {
      for (const { text, fields, blobs } of this.textsOf(records))
        this.rest.add(this.literal(text, blobs), partBits(fields))
    }
  }

  /** False where a text cannot be put together. */
  private addTo(list: PartList, one: SpanText): boolean {
    const text = this.numberOf(one)
    if (text === undefined) return false
    list.add(text, partBits(one.fields))
    return true
  }

  private leftOut(side: Side): LeftOut {
    const mark = this.stubs.secret(side)
    return new LeftOut(mark, JSON.stringify(this.reading.places.standIn(JSON.stringify(mark).slice(1, -1), side)))
  }

  /** One message stands for a list of which each item stands for itself. */
  private shorten(kept: string, place: ReferencePlace): string | undefined {
    const side = this.reading.places.whatStandsAt(kept, place.at)
    if (side === undefined) return undefined
    if (side === 'unsearched') return '""'
    return this.leaveOut(side, kept, place) ? this.lists[side].standIn : undefined
  }

  /** False where it must be read. */
  private leaveOut(side: Side, kept: string, place: ReferencePlace): boolean {
    const list = this.lists[side]
    const ids = listedIds(kept, place)
    // Of two lists none is told from the other.
    if (!ids || list.lists > 0) return false
    for (const id of ids) {
      const item = this.items.placeOf(id) ?? this.readItem(id)
      if (item < 0) {
        list.clear()
        return false
      }
      this.items.addTo(list, item, side)
    }
    // A message without a text may have no part either, and then another dialect's list may count.
    if (list.count === 0) return false
    list.lists = 1
    return true
  }

  private readItem(id: number): number {
    const json = this.whole.body(id)
    const spoken = this.reading.places.textsOf(json)
    if (!spoken) return this.items.put(id, undefined)
    const parts: number[] = []
    for (const [i, { text, fields, blobs = 0 }] of spoken.input.entries()) {
      const number =
        this.numbers.shortOf(text) ??
        this.numbers.numberOf(text, () => {
          const place = placeOf(text, json)
          this.blobs += blobs
          return this.addText(text, place === undefined ? undefined : { body: id, way: [place] })
        })
      this.numbers.rememberShort(text, number)
      parts.push(number, partBits(fields) | (partBits(spoken.output[i]!.fields) << 8))
    }
    return this.items.put(id, parts)
  }

  /** Undefined where a text cannot be put together. */
  private numberOf({ text, fields, blobs = 0 }: SpanText, isWhole = fields.length > 0): number | undefined {
    const stub = this.stubs.numberIn(text)
    // A name may be the first line of a text: it is to be seen.
    if (stub !== undefined) return isWhole ? stub : undefined
    const known = this.numbers.shortOf(text)
    if (known !== undefined) return known
    const whole = this.stubs.fill(text, number => this.texts.get(number))
    if (whole === undefined) return undefined
    const left = whole === text ? { text, runs: blobs } : leaveOutBlobs(whole)
    const number = this.literal(left.text, left.runs)
    this.numbers.rememberShort(text, number)
    return number
  }

  private literal(text: string, blobs = 0): number {
    return this.numbers.numberOf(text, () => {
      this.blobs += blobs
      return this.addText(text, undefined)
    })
  }

  private longText(written: string, origin: Origin): number {
    const { text, runs } = leaveOutBlobs(written)
    if (runs > 0) {
      const place = `${origin.body} ${origin.way.join()}`
      if (!this.withBlobs.has(place)) this.blobs += runs
      this.withBlobs.add(place)
    }
    const number = this.numbers.numberOf(text, () => this.addText(text, origin))
    this.texts.put(number, written, written.length)
    return number
  }
}

/** What stands in the list of messages that was left out of a span, on one side. */
class LeftOut extends PartList {
  readonly mark: string
  /** What is put in the list's place. */
  readonly standIn: string
  lists = 0

  constructor(mark: string, standIn: string) {
    super()
    this.mark = mark
    this.standIn = standIn
  }

  clear(): void {
    this.count = 0
    this.lists = 0
  }
}

function isOnly(fields: readonly ContentField[], field: ContentField): boolean {
  return fields.length === 1 && fields[0] === field
}

/** What was used last, up to a total size, in two halves. */
class Held<T> {
  private now = new Map<number, T>()
  private before = new Map<number, T>()
  private size = 0
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  get(key: number): T | undefined {
    return this.now.get(key) ?? this.before.get(key)
  }

  put(key: number, value: T, size: number): void {
    if (this.size > this.most / 2) {
      this.before = this.now
      this.now = new Map()
      this.size = 0
    }
    this.size += size
    this.now.set(key, value)
  }
}
