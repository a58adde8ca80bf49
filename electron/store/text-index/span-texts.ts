import { withoutBlobs } from '../../../shared/query/blobs.ts'
import type { SpanText } from '../../../shared/query/texts.ts'
import { KeptReader, type KeptText } from '../kept.ts'
import type { Store } from '../open.ts'
import { Stubs, type Origin } from './stubs.ts'
import { TextNumbers } from './text-numbers.ts'
import { partBits } from './postings.ts'

/** Every text of a span, read from its records; undefined where they cannot be read. */
export type ReadTexts = (records: readonly KeptText[]) => readonly SpanText[] | undefined

/** Called for each text that has no number yet; gives it one. */
export type AddText = (text: string, origin: Origin | undefined) => number

/** Characters of bodies with stubs that are held: those of the histories at hand. */
const heldBodies = 48 << 20
/** Characters of texts that are held for whoever stands around them. */
const heldTexts = 16 << 20

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
  private readonly read: ReadTexts
  private readonly addText: AddText

  constructor(store: Store, read: ReadTexts, addText: AddText) {
    this.read = read
    this.addText = addText
    this.whole = new KeptReader(store)
    this.stubbed = new KeptReader(store, (id, readBody) => {
      const known = this.bodies.get(id)
      if (known !== undefined) return known
      const text = this.stubs.stubBody(readBody(), id)
      this.bodies.put(id, text, text.length)
      return text
    })
    this.stubs = new Stubs((text, origin) => this.longText(text, origin))
  }

  /** For use within a transaction on the store: `found` gets each text of each span, and what it is there. */
  each(spans: readonly number[], found: (text: number, span: number, parts: number) => void): void {
    for (const { span, records } of this.stubbed.texts(spans)) {
      const texts = this.read(records) ?? []
      const numbers = texts.map(text => this.numberOf(text))
      if (numbers.every(number => number !== undefined)) {
        for (const [i, number] of numbers.entries()) found(number, span, partBits(texts[i]!.fields))
      } else this.eachOfWhole(span, found)
    }
  }

  private eachOfWhole(span: number, found: (text: number, span: number, parts: number) => void): void {
    this.readWhole++
    for (const { records } of this.whole.texts([span])) {
      for (const { text, fields } of this.read(records) ?? []) found(this.literal(text), span, partBits(fields))
    }
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
