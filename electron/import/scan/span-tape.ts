import { emptyAttributes, noAttributes, type Defer } from '../format.ts'
import type { WrittenSpan } from '../formats/otlp-span.ts'
import { readDouble, readInteger } from '../formats/otlp-values.ts'
import type { Attributes, AttributeValue, RawEvent, RawLink } from '../../../shared/domain/raw-span.ts'
import type { SilentSets } from '../silent-sets.ts'
import { fleetingTexts, type Scanner } from './scanner.ts'

// What scan/wasm/spans.ts wrote of a request's spans. Words of 32 bits; addresses are of the scan's memory.
//
// A text: sort and kind and length, then its place in the table of texts, its address, or the number of a reference.
// A span: start (2 words), end (2), ids of trace, span and parent (2 each), name (2), code and message of its status
// (2 each), where its attributes, events and links are (0 for none), where the texts are that are new with it and how
// many, where the next span is, whether it has fields that nobody knows, the number of the set of its attributes' names (0
// where it has none, or a value is null or empty).

const kinds = { none: 0, known: 1, ascii: 2, utf8: 3, escaped: 4, reference: 5 } as const
const sorts = {
  string: 0,
  int32: 1,
  int64: 2,
  integerText: 3,
  doubleText: 4,
  number: 5,
  no: 6,
  yes: 7,
  null: 8,
  list: 9,
  object: 10,
} as const

/** Words of a span's head. */
const head = {
  start: 0,
  end: 2,
  traceId: 4,
  spanId: 6,
  parentId: 8,
  name: 10,
  code: 12,
  message: 14,
  attributes: 16,
  events: 17,
  links: 18,
  fresh: 19,
  freshCount: 20,
  next: 21,
  hasMore: 22,
  set: 23,
} as const

/** Reads the spans of one request after another. Every string is made once, as long as it stays in the table. */
export class SpanTape {
  private readonly scanner: Scanner
  private readonly texts: string[] = Array.from({ length: fleetingTexts }, () => '')
  /** The same as names: strings that the engine knows are faster to look up. */
  private readonly names: (string | undefined)[] = Array.from({ length: fleetingTexts })
  private words: Uint32Array
  private defer: Defer = text => text
  /** Where the next span is, and its number. */
  private at = 0
  private next = 0
  private count = 0
  /** Whether the span read last has fields that nobody knows. */
  hasMore = false
  /** The number of its name, as long as the scan lives; 0 for none. */
  nameNumber = 0
  /** The set of its attributes' names, where these are silent and were left out; else 0. */
  silentSet = 0

  constructor(scanner: Scanner) {
    this.scanner = scanner
    this.words = scanner.words
  }

  /** The request with `{}` in place of each span; undefined where its spans are not as usual. */
  begin(line: number): string | undefined {
    const { scanner } = this
    if (this.next < this.count) scanner.exports.forgetTexts()
    this.next = this.count = 0
    const found = scanner.tapeLine(line)
    if (!found) return undefined
    this.at = found.tape >>> 2
    this.count = scanner.lineField(line, 7)
    return scanner.bytes.toString('utf8', found.outline, found.outlineEnd)
  }

  /** The span in place of the n-th `{}`, from 0. Undefined for one before the one read last. */
  read(n: number, defer: Defer, silent: SilentSets): WrittenSpan | undefined {
    if (n < this.next || n >= this.count) return undefined
    const words = (this.words = this.scanner.words)
    this.defer = defer
    for (; this.next < n; this.next++) this.at = this.pass(this.at)
    const at = this.at
    this.at = this.pass(at)
    this.next++
    this.hasMore = words[at + head.hasMore] !== 0
    const [start, end] = [this.time(at + head.start), this.time(at + head.end)]
    const [attributes, events, links] = [
      words[at + head.attributes]!,
      words[at + head.events]!,
      words[at + head.links]!,
    ]
    const set = events === 0 ? words[at + head.set]! : 0
    this.silentSet = silent.has(set) ? set : 0
    this.nameNumber = this.numberAt(at + head.name)
    const written: WrittenSpan = {
      traceId: this.text(at + head.traceId),
      spanId: this.text(at + head.spanId),
      parentId: this.text(at + head.parentId),
      name: words[at + head.name] === 0 ? undefined : this.textIn(at + head.name),
      start,
      end,
      code: words[at + head.code] === 0 ? undefined : this.text(at + head.code),
      message: words[at + head.message] === 0 ? undefined : this.deferred(at + head.message),
      attributes: attributes === 0 || this.silentSet !== 0 ? noAttributes : this.attributes(attributes),
      events: events === 0 ? none : this.events(events),
      links: links === 0 ? none : this.links(links),
    }
    if (set !== 0 && !silent.isKnown(set) && silent.judge(set, Object.keys(written.attributes)))
      this.scanner.exports.silence(set)
    return written
  }

  /** Takes note of the texts that are new with a span; answers where the next one is. */
  private pass(at: number): number {
    const { words, texts, names } = this
    let note = words[at + head.fresh]! >>> 2
    for (let left = words[at + head.freshCount]!; left > 0; left--, note += 3) {
      const [place, from, what] = [words[note]!, words[note + 1]!, words[note + 2]!]
      texts[place] = this.slice(from, what & 0xff, what >>> 8)
      names[place] = undefined
    }
    return words[at + head.next]! >>> 2
  }

  private slice(from: number, length: number, kind: number): string {
    const { bytes } = this.scanner
    return kind === kinds.ascii ? bytes.latin1Slice(from, from + length) : bytes.utf8Slice(from, from + length)
  }

  private time(at: number): bigint | undefined {
    if (this.words[at] === 0 && this.words[at + 1] === 0) return undefined
    return this.scanner.longs[at >>> 1]
  }

  /** A text as it stands in the record: what was cut out is its reference. */
  private text(at: number): string {
    const [what, word] = [this.words[at]!, this.words[at + 1]!]
    const kind = (what >>> 4) & 7
    switch (kind) {
      case kinds.known:
        return this.texts[word]!
      case kinds.none:
        return ''
      case kinds.reference:
        return `\0${word}`
      case kinds.escaped:
        return JSON.parse(`"${this.slice(word, what >>> 7, kinds.utf8)}"`) as string
      default:
        return this.slice(word, what >>> 7, kind)
    }
  }

  private numberAt(at: number): number {
    if (((this.words[at]! >>> 4) & 7) !== kinds.known) return 0
    return Math.max(0, this.words[at + 1]! - fleetingTexts)
  }

  private deferred(at: number): ReturnType<Defer> {
    // What is known begins with no NUL: that it is looked at costs more than all else here, where it has not been lately.
    if (((this.words[at]! >>> 4) & 7) === kinds.known) return this.texts[this.words[at + 1]!]!
    const text = this.text(at)
    return text.charCodeAt(0) === 0 ? this.defer(text) : text
  }

  /** A text that is read at once. */
  private textIn(at: number): string {
    const found = this.deferred(at)
    return typeof found === 'string' ? found : found.read()
  }

  private nameAt(at: number): string {
    if (((this.words[at]! >>> 4) & 7) !== kinds.known) return this.textIn(at)
    const place = this.words[at + 1]!
    return (this.names[place] ??= nameOf(this.texts[place]!))
  }

  /** Where reading goes on, after what was read last. */
  private to = 0

  private attributes(address: number): Attributes {
    this.to = address >>> 2
    return this.pairs(this.words[this.to++]!)
  }

  private pairs(count: number): Attributes {
    const attributes = emptyAttributes()
    for (let i = 0; i < count; i++) {
      const name = this.nameAt(this.to)
      this.to += 2
      attributes[name] = this.value()
    }
    return attributes
  }

  private value(): AttributeValue {
    const { words, to: at } = this
    const what = words[at]!
    this.to = at + 2
    switch (what & 15) {
      case sorts.string:
        return this.deferred(at)
      case sorts.int32:
        return words[at + 1]! | 0
      case sorts.int64:
        this.to = at + 3
        return this.scanner.bytes.readDoubleLE((at + 1) << 2)
      case sorts.integerText:
        return readInteger(this.text(at))
      case sorts.doubleText:
        return readDouble(this.text(at), this.defer)
      case sorts.number:
        return Number(this.text(at))
      case sorts.no:
        return false
      case sorts.yes:
        return true
      case sorts.list: {
        const list: AttributeValue[] = []
        for (let left = words[at + 1]!; left > 0; left--) list.push(this.value())
        return list
      }
      case sorts.object:
        return this.pairs(words[at + 1]!)
      default:
        return null
    }
  }

  private events(address: number): RawEvent[] {
    const { words } = this
    const events: RawEvent[] = []
    let at = (address >>> 2) + 1
    for (let left = words[at - 1]!; left > 0; left--) {
      const time = this.pairOfWords(at)
      const name = words[at + 2] === 0 ? '' : this.textIn(at + 2)
      const attributes = words[at + 4] === 0 ? noAttributes : this.attributes(words[at + 4]!)
      events.push({ name, ...(time === undefined ? {} : { time }), attributes })
      at = words[at + 5]! >>> 2
    }
    return events
  }

  /** A time that does not stand at a multiple of eight bytes. */
  private pairOfWords(at: number): bigint | undefined {
    const [low, high] = [this.words[at]!, this.words[at + 1]!]
    return low === 0 && high === 0 ? undefined : (BigInt(high) << 32n) | BigInt(low)
  }

  private links(address: number): RawLink[] {
    const { words } = this
    const links: RawLink[] = []
    let at = (address >>> 2) + 1
    for (let left = words[at - 1]!; left > 0; left--) {
      const [traceId, spanId] = [this.text(at), this.text(at + 2)]
      const attributes = words[at + 4] === 0 ? noAttributes : this.attributes(words[at + 4]!)
      if (traceId !== '' || spanId !== '') links.push({ traceId, spanId, attributes })
      at = words[at + 5]! >>> 2
    }
    return links
  }
}

const none: readonly never[] = []

/** The same string as the engine keeps for names of properties. */
function nameOf(text: string): string {
  const names: Record<string, true> = { __proto__: null as never }
  names[text] = true
  for (const name in names) return name
  return text
}
