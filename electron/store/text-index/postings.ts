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
    if (this.used === this.texts.length) {
      this.texts = widened(this.texts)
      this.spans = widened(this.spans)
      this.parts = widened(this.parts)
    }
    this.texts[this.used] = text
    this.spans[this.used] = span
    this.parts[this.used++] = parts
  }

  /** All of them by segments of texts, ascending; the list is empty afterwards. */
  take(): { readonly segment: number; readonly data: Buffer }[] {
    const { used, texts, spans, parts } = this
    // Spans came in order: a stable sort by text is all there is to do.
    const order = new Float64Array(used)
    for (let i = 0; i < used; i++) order[i] = texts[i]! * 0x10_0000_00 + i
    order.sort()
    const pieces: { segment: number; data: Buffer }[] = []
    let writer: PostingWriter | undefined
    for (const key of order) {
      const i = key % 0x10_0000_00
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
}

function widened<A extends Uint32Array | Uint8Array>(array: A): A {
  const wider = new (array.constructor as new (length: number) => A)(array.length * 2)
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

  constructor(segment: number) {
    this.segment = segment
    this.before = segment * segmentSize
  }

  add(text: number, span: number, parts: number): void {
    if (text !== this.text) this.close()
    this.text = text
    // The same text twice in a span, once said and once answered, is one entry.
    if (this.spans.at(-1) === span) this.parts[this.parts.length - 1]! |= parts
    else {
      this.spans.push(span)
      this.parts.push(parts)
    }
  }

  take(): Buffer {
    this.close()
    return this.bytes.take()
  }

  private close(): void {
    if (this.spans.length === 0) return
    this.bytes.varint(this.text - this.before)
    this.before = this.text
    this.bytes.varint(this.spans.length)
    let [last, known] = [0, 0]
    for (const [i, span] of this.spans.entries()) {
      const changes = this.parts[i] !== known
      this.bytes.varint((span - last) * 2 + Number(changes))
      if (changes) this.bytes.varint((known = this.parts[i]!))
      last = span
    }
    this.spans = []
    this.parts = []
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
