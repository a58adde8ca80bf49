import { withoutBlobs } from '../../../shared/query/blobs.ts'
import type { SpanText } from '../../../shared/query/texts.ts'
import { KeptReader, type KeptText } from '../kept.ts'
import type { Store } from '../open.ts'
import { Stubs, type Origin } from './stubs.ts'
import { TextNumbers } from './text-numbers.ts'
import { partBits } from './postings.ts'

/** Reads what an index holds of spans: formats and conventions are not known here. */
export interface TextReading {
  /** Every text of a span, and whether `lists` speaks of its input. Undefined where its records cannot be read. */
  read(records: readonly KeptText[]): { readonly texts: readonly SpanText[]; readonly usesList: boolean } | undefined
  readonly lists: MessageLists
}

/** A list of messages that reading takes one by one, so that those that were read before may be left out. */
export interface MessageLists {
  /** Whether the list at a place of a kept text is one. */
  isList(kept: string, at: number): boolean
  /** The texts of an item, given as JSON; undefined where it is none that stands for itself. */
  textsOf(item: string): readonly SpanText[] | undefined
}

/** A text by its number, and what it is. */
interface Part {
  readonly text: number
  readonly parts: number
}

/** Called for each text that has no number yet; gives it one. */
export type AddText = (text: string, origin: Origin | undefined) => number

/** Characters of bodies with stubs that are held: those of the histories at hand. */
const heldBodies = 48 << 20
/** Characters of texts that are held for whoever stands around them. */
const heldTexts = 16 << 20
/** Items of lists whose parts are held. */
const heldItems = 1 << 20

/**
 * Reads which texts stand in spans, by number. A long text costs once, however many histories repeat it: the rest of the
 * time formats and conventions read a stub in its place (`stubs.ts`).
 */
export class SpanTexts {
  /** Spans that had to be read with every text in its place. */
  readWhole = 0
  private readonly stubbed: KeptReader
  private readonly whole: KeptReader
  private readonly stubs: Stubs
  private readonly numbers = new TextNumbers()
  private readonly bodies = new Held<string>(heldBodies)
  private readonly texts = new Held<string>(heldTexts)
  private readonly reading: TextReading
  /** What items of lists say; null where they must be read with their list. */
  private readonly items = new Held<readonly Part[] | null>(heldItems)
  /** With only the last item of each list. */
  private readonly shortened: KeptReader
  /** What was left out of the record at hand. */
  private left: Part[] = []
  private lists = 0
  private readonly addText: AddText

  constructor(store: Store, reading: TextReading, addText: AddText) {
    this.reading = reading
    this.addText = addText
    const stubbed = (id: number, readBody: () => string): string => {
      const known = this.bodies.get(id)
      if (known !== undefined) return known
      const text = this.stubs.stubBody(readBody(), id)
      this.bodies.put(id, text, text.length)
      return text
    }
    this.whole = new KeptReader(store)
    this.stubbed = new KeptReader(store, stubbed)
    this.shortened = new KeptReader(store, stubbed, (ids, kept, at) => this.shorten(ids, kept, at))
    this.stubs = new Stubs((text, origin) => this.longText(text, origin))
  }

  /** For use within a transaction on the store: `found` gets each text of each span, and what it is there. */
  each(spans: readonly number[], found: (text: number, span: number, parts: number) => void): void {
    for (const { span, records } of this.shortened.texts(spans)) {
      const { left, lists } = this
      this.left = []
      this.lists = 0
      const parts = this.partsOf(records, left, lists) ?? this.partsOfStubbed(span) ?? this.partsOfWhole(span)
      for (const one of parts) found(one.text, span, one.parts)
    }
  }

  /** Undefined where something was left out that counts, or a text cannot be put together. */
  private partsOf(records: readonly KeptText[], left: readonly Part[], lists: number): readonly Part[] | undefined {
    const read = this.reading.read(records)
    if (!read) return left.length === 0 ? [] : undefined
    if (left.length > 0 && (!read.usesList || lists > 1 || records.length > 1)) return undefined
    const parts = this.numbered(read.texts)
    return parts && (left.length > 0 ? [...left, ...parts] : parts)
  }

  private partsOfStubbed(span: number): readonly Part[] | undefined {
    for (const { records } of this.stubbed.texts([span])) return this.partsOf(records, [], 0)
    return []
  }

  private partsOfWhole(span: number): readonly Part[] {
    this.readWhole++
    const parts: Part[] = []
    for (const { records } of this.whole.texts([span])) {
      for (const { text, fields } of this.reading.read(records)?.texts ?? [])
        parts.push({ text: this.literal(text), parts: partBits(fields) })
    }
    return parts
  }

  private numbered(texts: readonly SpanText[]): Part[] | undefined {
    const parts: Part[] = []
    for (const one of texts) {
      const text = this.numberOf(one)
      if (text === undefined) return undefined
      parts.push({ text, parts: partBits(one.fields) })
    }
    return parts
  }

  /** Of a list all but the last is left out, where each of its items stands for itself. */
  private shorten(ids: readonly number[], kept: string, at: number): readonly number[] {
    if (ids.length < 3 || !this.reading.lists.isList(kept, at)) return ids
    const left: Part[] = []
    for (const id of ids) {
      const parts = this.itemParts(id)
      if (!parts) return ids
      for (const part of parts) left.push(part)
    }
    this.lists++
    this.left.push(...left)
    return ids.slice(-1)
  }

  private itemParts(id: number): readonly Part[] | null {
    const known = this.items.get(id)
    if (known !== undefined) return known
    const texts = this.reading.lists.textsOf(this.shortened.body(id))
    const parts = (texts && this.numbered(texts)) ?? null
    this.items.put(id, parts, 4 + (parts?.length ?? 0))
    return parts
  }

  /** Undefined where a text cannot be put together. */
  private numberOf({ text, fields }: SpanText): number | undefined {
    const stub = this.stubs.numberIn(text)
    // A name may be the first line of a text: it is to be seen.
    if (stub !== undefined) return fields.length === 0 ? undefined : stub
    const known = this.numbers.shortOf(text)
    if (known !== undefined) return known
    const whole = this.stubs.fill(text, number => this.texts.get(number))
    if (whole === undefined) return undefined
    const number = this.literal(whole === text ? text : withoutBlobs(whole))
    this.numbers.rememberShort(text, number)
    return number
  }

  private literal(text: string): number {
    return this.numbers.numberOf(text, () => this.add(text, undefined))
  }

  private longText(written: string, origin: Origin): number {
    const text = withoutBlobs(written)
    const number = this.numbers.numberOf(text, () => this.add(text, origin))
    this.texts.put(number, written, written.length)
    return number
  }

  private add(text: string, origin: Origin | undefined): number {
    return this.addText(text, origin)
  }
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
