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

/**
 * Looks up in which spans texts stand. Pieces are held as bytes and read from the place of a text on: as numbers they would
 * take five times the room, and those of a large store would push each other out between two questions.
 */
export class PostingReader {
  private readonly pieces: Database.Statement<[number], { generation: number; length: number; data: Buffer }>
  private readonly changed: Database.Statement<[number], { id: number; segment: number }>
  private readonly changes: Database.Statement<[], [number, number]>
  private redone: ReadonlyMap<number, number> = new Map()
  private readonly held = new Map<number, readonly Piece[]>()
  private bytes = 0
  private last = 0
  private spans = new Uint32Array(4096)

  constructor(db: Database.Database) {
    this.pieces = db.prepare('SELECT generation, length, data FROM posting WHERE segment = ? ORDER BY id')
    this.changed = db.prepare('SELECT id, segment FROM posting WHERE id > ?')
    this.changes = db.prepare<[], [number, number]>('SELECT span, generation FROM redone').raw()
    this.redone = new Map(this.changes.all())
    this.last = db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM posting').pluck().get()!
  }

  /** To be called when the index has grown: pieces come to segments that are held. */
  renew(): void {
    this.redone = new Map(this.changes.all())
    for (const { id, segment } of this.changed.all(this.last)) {
      this.last = Math.max(this.last, id)
      this.bytes -= sizeOf(this.held.get(segment) ?? [])
      this.held.delete(segment)
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
   * The spans of each of these texts, ascending within a piece: a text may come several times, the earliest spans first.
   * What is handed over is used again.
   */
  each(
    texts: ArrayLike<number>,
    parts: number,
    found: (text: number, spans: Uint32Array, count: number) => void,
  ): void {
    for (let i = 0; i < texts.length;) {
      const segment = Math.floor(texts[i]! / segmentSize)
      const base = segment * segmentSize
      const pieces = this.read(segment)
      const from = i
      while (i < texts.length && texts[i]! < base + segmentSize) i++
      for (const piece of pieces) {
        for (let t = from; t < i; t++) {
          const at = piece.at[texts[t]! - base]!
          if (at === 0) continue
          const count = this.readSpans(piece, at, parts)
          found(texts[t]!, this.spans, count)
        }
      }
    }
  }

  /** The spans of one text, from where their number stands, into `spans`; answers how many. */
  private readSpans({ bytes, generation }: Piece, from: number, parts: number): number {
    const { redone } = this
    let at = from
    let left = -1
    let [span, has, count] = [0, 0, 0]
    while (left !== 0) {
      let value = bytes[at++] ?? 0
      if (value > 127) {
        value &= 127
        for (let scale = 128; ; scale *= 128) {
          const byte = bytes[at++] ?? 0
          value += (byte & 127) * scale
          if (byte < 128) break
        }
      }
      if (left < 0) {
        // Each takes a byte at least: more are not there.
        left = Math.min(value, bytes.length - at)
        if (left > this.spans.length) this.spans = new Uint32Array(left * 2)
        continue
      }
      left--
      const changes = value & 1
      span += (value - changes) / 2
      if (changes === 1) {
        has = 0
        for (let scale = 1; ; scale *= 128) {
          const byte = bytes[at++] ?? 0
          has += (byte & 127) * scale
          if (byte < 128) break
        }
      }
      if (parts !== 0 && (has & parts) === 0) continue
      // What a span said before it gained a record no longer counts.
      if (redone.size > 0 && (redone.get(span) ?? 0) > generation) continue
      this.spans[count++] = span
    }
    return count
  }

  private read(segment: number): readonly Piece[] {
    const known = this.held.get(segment)
    if (known) return known
    const found = this.pieces.all(segment).map(({ generation, length, data }) => {
      const bytes = unpack(data, length)
      return { generation, bytes, at: placesOf(bytes) }
    })
    this.held.set(segment, found)
    this.bytes += sizeOf(found)
    for (const [old, pieces] of this.held) {
      if (this.bytes <= mostHeld || old === segment) break
      this.held.delete(old)
      this.bytes -= sizeOf(pieces)
    }
    return found
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

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { bytes, at }) => sum + bytes.length + at.byteLength, 0)
}
