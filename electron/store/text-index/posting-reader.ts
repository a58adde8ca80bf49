import type Database from 'better-sqlite3'
import { unpack } from '../block-reader.ts'
import { segmentSize } from './postings.ts'
import type { SpanBits } from './span-bits.ts'

/** Bytes held at most: those of 600,000 texts in a million spans are 40 MB. What was read first goes first. */
const mostHeld = 256 << 20

/** A piece as it was written, and where in it each text of its segment stands; 0 is nowhere. */
interface Piece {
  readonly generation: number
  readonly bytes: Uint8Array
  readonly at: Uint32Array
}

/** Nearly all texts stand in no more spans than that; `first` has room for twice as many. */
const mostFew = 16

/**
 * Of the texts of a segment that stand in few spans these, as numbers and without what no longer counts; `first` is where
 * those of a text begin, one more for the end. Such a text is one look-up, where a place in each piece is three or four.
 */
interface Few {
  readonly first: Uint16Array
  readonly spans: Uint32Array
  readonly parts: Uint8Array
}

/** `few` is made when the segment is asked for again: the first search of a process does not wait for it. */
interface Segment {
  readonly pieces: readonly Piece[]
  few: Few | undefined
}

/**
 * Looks up in which spans texts stand. Long lists are held as bytes and read from the place of a text on: as numbers they would
 * take five times the room, and those of a large store would push each other out between two questions. Those of few spans become
 * numbers once they are asked for again.
 */
export class PostingReader {
  private readonly pieces: Database.Statement<[number], { generation: number; length: number; data: Buffer }>
  private readonly changed: Database.Statement<[number], { id: number; segment: number }>
  private readonly changes: Database.Statement<[], [number, number]>
  private redone: ReadonlyMap<number, number> = new Map()
  private readonly held = new Map<number, Segment>()
  private bytes = 0
  private last = 0
  private spans = new Uint32Array(4096)
  private has = new Uint8Array(4096)
  private readonly room = {
    spans: new Uint32Array(mostFew * segmentSize),
    parts: new Uint8Array(mostFew * segmentSize),
  }

  constructor(db: Database.Database) {
    this.pieces = db.prepare('SELECT generation, length, data FROM posting WHERE segment = ? ORDER BY id')
    this.changed = db.prepare('SELECT id, segment FROM posting WHERE id > ?')
    this.changes = db.prepare<[], [number, number]>('SELECT span, generation FROM redone').raw()
    this.redone = new Map(this.changes.all())
    this.last = db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM posting').pluck().get()!
  }

  /** To be called when the index has grown: pieces come to segments that are held. */
  renew(): void {
    const redone = this.changes.all()
    if (redone.some(([span, generation]) => this.redone.get(span) !== generation)) {
      // Which segments tell of these spans nobody knows.
      this.redone = new Map(redone)
      this.held.clear()
      this.bytes = 0
    }
    for (const { id, segment } of this.changed.all(this.last)) {
      this.last = Math.max(this.last, id)
      this.forget(segment)
    }
  }

  /** Adds the spans that hold any of these texts (ascending) as one of `parts`; 0 is as anything. */
  spansOf(texts: ArrayLike<number>, parts: number, { words }: SpanBits): void {
    this.each(texts, parts, (_, spans, count) => {
      for (let i = 0; i < count; i++) {
        const span = spans[i]!
        if (span >>> 5 < words.length) words[span >>> 5]! |= 1 << (span & 31)
      }
    })
  }

  /**
   * The spans of each of these texts, ascending within a piece: a text may come several times in a row, the earliest spans
   * first. What is handed over is used again.
   */
  each(
    texts: ArrayLike<number>,
    parts: number,
    found: (text: number, spans: Uint32Array, count: number) => void,
  ): void {
    for (let i = 0; i < texts.length;) {
      const segment = Math.floor(texts[i]! / segmentSize)
      const base = segment * segmentSize
      const { pieces, few } = this.read(segment)
      for (; i < texts.length && texts[i]! < base + segmentSize; i++) {
        const text = texts[i]!
        const from = few ? few.first[text - base]! : 0
        const to = few ? few.first[text - base + 1]! : 0
        if (few && from < to) {
          found(text, this.spans, this.copyFew(few, from, to, parts))
          continue
        }
        for (const piece of pieces) {
          const at = piece.at[text - base]!
          if (at === 0) continue
          const count = this.readSpans(piece, at, parts)
          found(text, this.spans, count)
        }
      }
    }
  }

  /**
   * Reads a segment of the first `texts` texts that nobody asked for yet. False where there is none, or half of the room is
   * taken: the rest is for what is asked for.
   */
  readAhead(texts: number): boolean {
    for (let segment = 0; segment * segmentSize <= texts && this.bytes < mostHeld / 2; segment++) {
      if (this.held.has(segment)) continue
      // Asked for again, as its texts will be.
      this.read(segment)
      this.read(segment)
      return true
    }
    return false
  }

  /** Those of a text that stands in few spans, into `spans`; answers how many. */
  private copyFew(few: Few, from: number, to: number, parts: number): number {
    let count = 0
    for (let k = from; k < to; k++)
      if (parts === 0 || (few.parts[k]! & parts) !== 0) this.spans[count++] = few.spans[k]!
    return count
  }

  /** The spans of one text, from where their number stands, into `spans` and `has`; answers how many. */
  private readSpans({ bytes, generation }: Piece, from: number, parts: number): number {
    const { redone } = this
    let at = from
    // Each takes a byte at least: more are not there.
    let left = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      left |= (byte & 127) << shift
      if (byte < 128) break
    }
    left = Math.min(left >>> 0, bytes.length - at)
    if (left > this.spans.length) {
      this.spans = new Uint32Array(left * 2)
      this.has = new Uint8Array(left * 2)
    }
    const { spans, has } = this
    let [span, now, count] = [0, 0, 0]
    for (; left > 0; left--) {
      // Spans are below 2^31: twice their distance has 32 bits.
      let value = bytes[at++] ?? 0
      if (value > 127) {
        value &= 127
        for (let shift = 7; ; shift += 7) {
          const byte = bytes[at++] ?? 0
          value |= (byte & 127) << shift
          if (byte < 128) break
        }
      }
      span += value >>> 1
      // What a text is in a span: there are fewer sorts than bits in a byte.
      if ((value & 1) === 1) now = bytes[at++] ?? 0
      if (parts !== 0 && (now & parts) === 0) continue
      // What a span said before it gained a record no longer counts.
      if (redone.size > 0 && (redone.get(span) ?? 0) > generation) continue
      has[count] = now
      spans[count++] = span
    }
    return count
  }

  private read(segment: number): Segment {
    const known = this.held.get(segment)
    if (known) {
      if (!known.few) this.bytes += sizeOfFew((known.few = this.few(known.pieces)))
      return known
    }
    const pieces = this.pieces.all(segment).map(({ generation, length, data }) => {
      const bytes = unpack(data, length)
      return { generation, bytes, at: placesOf(bytes) }
    })
    const found: Segment = { pieces, few: undefined }
    this.held.set(segment, found)
    this.bytes += sizeOf(found)
    for (const [old] of this.held) {
      if (this.bytes <= mostHeld || old === segment) break
      this.forget(old)
    }
    return found
  }

  private few(pieces: readonly Piece[]): Few {
    const { spans, parts } = this.room
    const first = new Uint16Array(segmentSize + 1)
    let count = 0
    for (let text = 0; text < segmentSize; text++) {
      let all = 0
      for (const { bytes, at } of pieces) if (at[text] !== 0) all += bytes[at[text]!] ?? 0
      if (all > 0 && all <= mostFew) {
        for (const piece of pieces) {
          if (piece.at[text] === 0) continue
          const n = this.readSpans(piece, piece.at[text]!, 0)
          for (let i = 0; i < n; i++, count++) {
            spans[count] = this.spans[i]!
            parts[count] = this.has[i]!
          }
        }
      }
      first[text + 1] = count
    }
    return { first, spans: spans.slice(0, count), parts: parts.slice(0, count) }
  }

  private forget(segment: number): void {
    const held = this.held.get(segment)
    if (!held) return
    this.bytes -= sizeOf(held)
    this.held.delete(segment)
  }
}

function placesOf(bytes: Uint8Array): Uint32Array {
  const places = new Uint32Array(segmentSize)
  for (let at = 0, place = 0; at < bytes.length;) {
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0
      place += (byte & 127) * scale
      if (byte < 128) break
    }
    // No piece says this that is not damaged.
    if (place >= segmentSize) break
    places[place] = at
    let left = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0
      left += (byte & 127) * scale
      if (byte < 128) break
    }
    for (; left > 0 && at < bytes.length; left--) {
      const changes = bytes[at]! % 2 === 1
      while (bytes[at++]! > 127);
      if (changes) while (bytes[at++]! > 127);
    }
  }
  return places
}

function sizeOf({ pieces, few }: Segment): number {
  return pieces.reduce((sum, { bytes, at }) => sum + bytes.length + at.byteLength, few ? sizeOfFew(few) : 0)
}

function sizeOfFew({ first, spans, parts }: Few): number {
  return first.byteLength + spans.byteLength + parts.byteLength
}
