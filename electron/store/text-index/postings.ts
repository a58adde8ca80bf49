import { contentFields, type ContentField } from '../../../shared/query/texts.ts'
import { ByteReader, ByteWriter } from '../runs.ts'

/** Texts whose places are kept together: what one word finds is looked up in few pieces. */
export const segmentSize = 2048

/** In which spans the texts of a segment stand, and as what. One entry a text and span, ordered by text, then by span. */
export interface Postings {
  /** Of each text of the segment its first entry; one more for the end. */
  readonly first: Uint32Array
  readonly span: Uint32Array
  /** Bits of `contentFields`: what the text is in that span. */
  readonly parts: Uint8Array
}

export function partBits(fields: readonly ContentField[]): number {
  let bits = 0
  for (const field of fields) bits |= 1 << contentFields.indexOf(field)
  return bits
}

/** Postings as they come: spans ascending, texts in any order. */
export class PostingList {
  private texts = new Uint32Array(4096)
  private spans = new Uint32Array(4096)
  private parts = new Uint8Array(4096)
  private used = 0

  get count(): number {
    return this.used
  }

  add(text: number, span: number, parts: number): void {
    if (this.used === this.texts.length) this.reserve(1)
    this.texts[this.used] = text
    this.spans[this.used] = span
    this.parts[this.used++] = parts
  }

  /** All of another list, which came later. */
  addAll({ texts, spans, parts }: PostingColumns): void {
    this.reserve(texts.length)
    this.texts.set(texts, this.used)
    this.spans.set(spans, this.used)
    this.parts.set(parts, this.used)
    this.used += texts.length
  }

  /** As they came; the list is empty afterwards. */
  takeColumns(): PostingColumns {
    const { used, texts, spans, parts } = this
    this.used = 0
    return { texts: texts.slice(0, used), spans: spans.slice(0, used), parts: parts.slice(0, used) }
  }

  /** All of them by segments of texts, ascending; the list is empty afterwards. */
  take(): { readonly segment: number; readonly data: Buffer }[] {
    const { texts, spans, parts } = this
    const pieces: { segment: number; data: Buffer }[] = []
    let writer: PostingWriter | undefined
    for (const i of this.byText()) {
      const segment = Math.floor(texts[i]! / segmentSize)
      if (writer?.segment !== segment) {
        if (writer) pieces.push({ segment: writer.segment, data: writer.take() })
        writer = new PostingWriter(segment)
      }
      writer.add(texts[i]!, spans[i]!, parts[i]!)
    }
    if (writer) pieces.push({ segment: writer.segment, data: writer.take() })
    this.used = 0
    return pieces
  }

  /** Their places, by text and as they came: counted into place, since there are but so many texts. */
  private byText(): Uint32Array {
    const { used, texts } = this
    let [least, most] = [0xffff_ffff, 0]
    for (let i = 0; i < used; i++) {
      const text = texts[i]!
      if (text < least) least = text
      if (text > most) most = text
    }
    const order = new Uint32Array(used)
    if (used === 0) return order
    const next = new Uint32Array(most - least + 2)
    for (let i = 0; i < used; i++) next[texts[i]! - least + 1]!++
    for (let k = 1; k < next.length; k++) next[k]! += next[k - 1]!
    for (let i = 0; i < used; i++) order[next[texts[i]! - least]!++] = i
    return order
  }

  private reserve(more: number): void {
    const least = this.used + more
    if (least <= this.texts.length) return
    this.texts = widened(this.texts, least)
    this.spans = widened(this.spans, least)
    this.parts = widened(this.parts, least)
  }
}

/** Postings one after another. */
export interface PostingColumns {
  readonly texts: Uint32Array<ArrayBuffer>
  readonly spans: Uint32Array<ArrayBuffer>
  readonly parts: Uint8Array<ArrayBuffer>
}

function widened<A extends Uint32Array | Uint8Array>(array: A, least: number): A {
  const length = Math.max(array.length * 2, least)
  const wider = new (array.constructor as new (length: number) => A)(length)
  wider.set(array)
  return wider
}

/** A text's number and how many spans hold it, then each span as the distance from the one before, twice; odd where its parts change. */
class PostingWriter {
  readonly segment: number
  private readonly bytes = new ByteWriter()
  private text = -1
  private before: number
  private spans: number[] = []
  private parts: number[] = []
  private count = 0

  constructor(segment: number) {
    this.segment = segment
    this.before = segment * segmentSize
  }

  add(text: number, span: number, parts: number): void {
    if (text !== this.text) this.close()
    this.text = text
    const last = this.count - 1
    // The same text twice in a span, once said and once answered, is one entry.
    if (last >= 0 && this.spans[last] === span) this.parts[last]! |= parts
    else {
      this.spans[this.count] = span
      this.parts[this.count++] = parts
    }
  }

  take(): Buffer {
    this.close()
    return this.bytes.take()
  }

  private close(): void {
    const { bytes, spans, parts, count } = this
    if (count === 0) return
    bytes.varint(this.text - this.before)
    this.before = this.text
    bytes.varint(count)
    let [last, known] = [0, 0]
    for (let i = 0; i < count; i++) {
      const changes = parts[i] !== known
      bytes.varint((spans[i]! - last) * 2 + Number(changes))
      if (changes) bytes.varint((known = parts[i]!))
      last = spans[i]!
    }
    this.count = 0
  }
}

/** What a segment's piece says. Of a span for which `holds` is false nothing is said any more. */
export function readPostings(segment: number, data: Uint8Array, holds?: (span: number) => boolean): Postings {
  const reader = new ByteReader(data)
  const first = new Uint32Array(segmentSize + 1)
  const span = new Uint32Array(data.length)
  const parts = new Uint8Array(data.length)
  let [count, place] = [0, 0]
  while (!reader.done) {
    const next = Math.min(place + reader.varint(), segmentSize - 1)
    // The texts in between stand nowhere here.
    while (place < next) first[++place] = count
    const spans = reader.varint()
    let [last, known] = [0, 0]
    for (let k = 0; k < spans && !reader.done && count < data.length; k++) {
      const step = reader.varint()
      if (step % 2 === 1) known = reader.varint()
      last += Math.floor(step / 2)
      if (holds && !holds(last)) continue
      span[count] = last
      parts[count++] = known
    }
    first[place + 1] = count
  }
  for (let k = place + 1; k <= segmentSize; k++) first[k] = count
  return { first, span: span.slice(0, count), parts: parts.slice(0, count) }
}
