import type { Store } from '../open.ts'
import { fingerprint, type IndexState } from './identity.ts'
import { OriginWriter, type OriginBlock } from './origins.ts'
import { PostingList, type PostingColumns } from './postings.ts'
import { SaidList, type SaidPiece } from './said-columns.ts'
import { SpanTexts, type TextReading } from './span-texts.ts'
import { WordText } from './word-text.ts'

/** How far an index is: records that are in, and texts that have numbers. */
export interface Watermark {
  readonly record: number
  readonly texts: number
}

/** What the records after a watermark say, ready to be written: whoever writes it looks at no record. Typed arrays: it crosses threads. */
export interface Piece {
  readonly after: Watermark
  readonly until: Watermark
  /** What is said of the store at `until`. */
  readonly stands: Pick<IndexState, 'imports' | 'block' | 'hash'>
  /** Spans from before that gained records: all that was said of them is said again here. */
  readonly again: readonly number[]
  /** The new texts, one after another, and where each ends. */
  readonly words: Uint8Array<ArrayBuffer>
  readonly wordEnds: Uint32Array<ArrayBuffer>
  /** Those of them with words that were cut. */
  readonly cut: readonly number[]
  readonly origins: readonly OriginBlock[]
  readonly postings: PostingColumns
  /** What its spans say besides. */
  readonly said: SaidPiece
  /** Runs of bytes that its new texts were rid of. */
  readonly blobs: number
  /** There were no more records. */
  readonly isLast: boolean
}

export function isSame(a: Watermark, b: Watermark): boolean {
  return a.record === b.record && a.texts === b.texts
}

/** What need not be copied on the way to another thread. */
export function transfersOf({ words, wordEnds, postings, said }: Piece): ArrayBuffer[] {
  const { texts, spans, parts } = postings
  return [words, wordEnds, texts, spans, parts, said.rows].map(({ buffer }) => buffer)
}

/** Records read between two looks whether a piece is full. */
const recordsAtOnce = 1000
/** A piece is full with so many bytes of words, or so many postings: a tenth of a second to write. */
const wordBytes = 4 << 20
const mostPostings = 1 << 18

interface RecordRow {
  readonly id: number
  readonly span: number
}

/** Reads a store piece by piece. */
export class PieceReader {
  private readonly store: Store
  private readonly reading: TextReading
  private texts: SpanTexts
  private until: Watermark = { record: 0, texts: 0 }
  private words = new WordText()
  private wordEnds: number[] = []
  private cut: number[] = []
  private origins: OriginBlock[] = []
  private origin: OriginWriter
  private readonly postings = new PostingList()
  private readonly said = new SaidList()

  constructor(store: Store, reading: TextReading) {
    this.store = store
    this.reading = reading
    this.texts = this.newTexts()
    this.origin = this.newOrigin()
  }

  /** The piece after a watermark; undefined where there are no more records. Texts are known again while it is asked on and on. */
  after(mark: Watermark): Piece | undefined {
    if (!isSame(mark, this.until)) this.restart(mark)
    try {
      return this.store.snapshot(() => this.read())
    } catch (error) {
      // Of what was begun nothing is known.
      this.restart({ record: -1, texts: -1 })
      throw error
    }
  }

  private restart(mark: Watermark): void {
    this.until = mark
    this.texts = this.newTexts()
    this.postings.takeColumns()
    this.said.take()
    this.take()
  }

  private newTexts(): SpanTexts {
    return new SpanTexts(this.store, this.reading, (text, origin) => {
      if (this.words.add(text)) this.cut.push(this.until.texts + this.wordEnds.length + 1)
      this.wordEnds.push(this.words.used)
      this.origin.add(text, origin)
      return this.until.texts + this.wordEnds.length
    })
  }

  private newOrigin(): OriginWriter {
    return new OriginWriter(this.until.texts + 1, block => this.origins.push(block))
  }

  private read(): Piece | undefined {
    const after = this.until
    let [again, isLast]: [readonly number[], boolean] = [[], false]
    let record = after.record
    while (this.words.used < wordBytes && this.postings.count < mostPostings) {
      const rows = this.recordsAfter(record)
      isLast = rows.length < recordsAtOnce
      if (rows.length === 0) break
      const spans = [...new Set(rows.map(row => row.span))].sort((a, b) => a - b)
      const [first] = spans
      if (first! <= record) {
        // What the piece says of them already would not count: another one begins.
        isLast = false
        if (record > after.record) break
        again = spans.filter(span => span <= record)
      }
      this.texts.each(
        spans,
        (text, span, parts) => this.postings.add(text, span, parts),
        (span, said) => this.said.add(span, said),
      )
      record = rows.at(-1)!.id
      if (isLast) break
    }
    if (record === after.record) return undefined
    this.origin.flush()
    const postings = this.postings.takeColumns()
    const said = this.said.take()
    const { blobs } = this.texts
    this.texts.blobs = 0
    const stands = fingerprint(this.store, record)
    this.until = { record, texts: after.texts + this.wordEnds.length }
    return { after, until: this.until, stands, again, postings, said, blobs, isLast, ...this.take() }
  }

  private take(): Pick<Piece, 'words' | 'wordEnds' | 'cut' | 'origins'> {
    const { wordEnds, cut, origins } = this
    const words = new Uint8Array(this.words.bytes.subarray(0, this.words.used))
    this.words.used = 0
    this.wordEnds = []
    this.cut = []
    this.origins = []
    this.origin = this.newOrigin()
    return { words, wordEnds: Uint32Array.from(wordEnds), cut, origins }
  }

  private recordsAfter(record: number): RecordRow[] {
    return this.store
      .statement<[number, number, number], RecordRow>(
        `SELECT id, id AS span FROM span WHERE id > ? UNION ALL SELECT id, span FROM extra WHERE id > ?
         ORDER BY id LIMIT ?`,
      )
      .all(record, record, recordsAtOnce)
  }
}
