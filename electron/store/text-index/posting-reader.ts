import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { readPostings, segmentSize, type Postings } from './postings.ts'
import type { SpanBits } from './span-bits.ts'

/** Entries held decoded, some five bytes each: those read first go first. */
const mostHeld = 16_000_000

/** Looks up in which spans texts stand. */
export class PostingReader {
  private readonly pieces: Database.Statement<[number], { generation: number; length: number; data: Buffer }>
  private readonly redone: ReadonlyMap<number, number>
  private readonly held = new Map<number, readonly Postings[]>()
  private entries = 0

  constructor(db: Database.Database) {
    this.pieces = db.prepare('SELECT generation, length, data FROM posting WHERE segment = ? ORDER BY id')
    const rows = db.prepare<[], [number, number]>('SELECT span, generation FROM redone').raw().all()
    this.redone = new Map(rows)
  }

  /** Adds the spans that hold any of these texts (ascending) as one of `parts`; 0 is as anything. */
  spansOf(texts: ArrayLike<number>, parts: number, found: SpanBits): void {
    for (let i = 0; i < texts.length;) {
      const segment = Math.floor(texts[i]! / segmentSize)
      const base = segment * segmentSize
      const pieces = this.read(segment)
      const from = i
      while (i < texts.length && texts[i]! < base + segmentSize) i++
      for (const { first, span, parts: has } of pieces) {
        for (let t = from; t < i; t++) {
          const place = texts[t]! - base
          const end = first[place + 1]!
          for (let k = first[place]!; k < end; k++) {
            if (parts === 0 || (has[k]! & parts) !== 0) found.add(span[k]!)
          }
        }
      }
    }
  }

  private read(segment: number): readonly Postings[] {
    const known = this.held.get(segment)
    if (known) return known
    const found = this.pieces.all(segment).map(({ generation, length, data }) => {
      // What a span said before it gained a record no longer counts.
      const holds = (span: number): boolean => (this.redone.get(span) ?? 0) <= generation
      const bytes = zstdDecompressSync(data, { maxOutputLength: length })
      return readPostings(segment, bytes, this.redone.size === 0 ? undefined : holds)
    })
    this.held.set(segment, found)
    this.entries += entriesOf(found)
    for (const [old, pieces] of this.held) {
      if (this.entries <= mostHeld || old === segment) break
      this.held.delete(old)
      this.entries -= entriesOf(pieces)
    }
    return found
  }
}

function entriesOf(pieces: readonly Postings[]): number {
  return pieces.reduce((sum, { span, first }) => sum + span.length + first.length, 0)
}
