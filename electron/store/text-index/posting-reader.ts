import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { readPostings, segmentSize, type Postings } from './postings.ts'
import type { SpanBits } from './span-bits.ts'

/** Entries held decoded, nine bytes each. */
const mostHeld = 8_000_000

/** Looks up in which spans texts stand. */
export class PostingReader {
  private readonly pieces: Database.Statement<[number], { generation: number; length: number; data: Buffer }>
  private readonly redone: ReadonlyMap<number, number>
  private held = new Map<number, readonly Postings[]>()
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
      let end = i + 1
      while (end < texts.length && texts[end]! < (segment + 1) * segmentSize) end++
      const wanted = new Uint8Array(segmentSize)
      for (; i < end; i++) wanted[texts[i]! - segment * segmentSize] = 1
      for (const { count, text, span, parts: has } of this.read(segment)) {
        for (let k = 0; k < count; k++) {
          if (wanted[text[k]! - segment * segmentSize] === 1 && (parts === 0 || (has[k]! & parts) !== 0))
            found.add(span[k]!)
        }
      }
    }
  }

  private read(segment: number): readonly Postings[] {
    let found = this.held.get(segment)
    if (found) return found
    found = this.pieces.all(segment).map(({ generation, length, data }) => {
      const postings = readPostings(segment, zstdDecompressSync(data, { maxOutputLength: length }))
      return this.redone.size === 0 ? postings : this.withoutRedone(postings, generation)
    })
    for (const { count } of found) this.entries += count
    if (this.entries > mostHeld) {
      this.held = new Map()
      this.entries = 0
    }
    this.held.set(segment, found)
    return found
  }

  /** What a span said before it gained a record no longer counts. */
  private withoutRedone({ count, text, span, parts }: Postings, generation: number): Postings {
    let kept = 0
    for (let k = 0; k < count; k++) {
      if ((this.redone.get(span[k]!) ?? 0) > generation) continue
      text[kept] = text[k]!
      span[kept] = span[k]!
      parts[kept++] = parts[k]!
    }
    return { count: kept, text, span, parts }
  }
}
