import type Database from 'better-sqlite3'
import { unpack } from '../block-reader.ts'
import { compress, recordPacking } from '../block-builder.ts'
import { writeState, type IndexState } from './identity.ts'
import { readNumbers } from './numbers.ts'
import { PostingReader } from './posting-reader.ts'
import { SpanBits } from './span-bits.ts'

// The spans of the commonest words, worked out once: half of all texts have them, and adding those up takes a tenth of a
// second a word.

/** Texts that a word must be in, and words at most: those of a million spans take 18 MB and 7 s. Rarer ones are looked up in a moment. */
const leastTexts = 5000
const mostWords = 500

/** Works them out for one state of an index, a word a step. */
export class CommonWords {
  private readonly db: Database.Database
  private readonly state: IndexState
  private readonly left: string[]
  private readonly postings: PostingReader

  constructor(db: Database.Database, state: IndexState) {
    this.db = db
    this.state = state
    this.postings = new PostingReader(db)
    this.left = db
      .prepare<[number, number], string>('SELECT s FROM term WHERE texts >= ? ORDER BY texts DESC LIMIT ?')
      .pluck()
      .all(leastTexts, mostWords)
      .toReversed()
    db.exec('DELETE FROM common')
  }

  /** The next word; answers the state with all of them once the last is done. */
  step(): IndexState | undefined {
    const word = this.left.pop()
    if (word === undefined) {
      const next = { ...this.state, common: this.state.generation }
      writeState(this.db, next)
      return next
    }
    const bits = new SpanBits(this.state.record)
    const ask = this.db.prepare<[string], Buffer>(
      'SELECT CAST(group_concat(rowid) AS BLOB) FROM words WHERE words MATCH ?',
    )
    this.postings.spansOf(readNumbers(ask.pluck().get(`"${word}"`) ?? null), 0, bits)
    const bytes = Buffer.from(bits.words.buffer)
    this.db.prepare('INSERT INTO common VALUES (?, ?, ?)').run(word, bytes.length, compress(bytes, recordPacking))
    return undefined
  }
}

/** Looks up the spans of those words, in the state of the index in which they were worked out. */
export class KnownWords {
  private readonly words: ReadonlySet<string>
  private readonly bits: Database.Statement<[string], { length: number; bits: Buffer }>

  constructor(db: Database.Database) {
    this.words = new Set(db.prepare<[], string>('SELECT word FROM common').pluck().all())
    this.bits = db.prepare('SELECT length, bits FROM common WHERE word = ?')
  }

  /** False where it is none of them. */
  add(word: string, { words }: SpanBits): boolean {
    const row = this.words.has(word) ? this.bits.get(word) : undefined
    if (!row) return false
    const bytes = unpack(row.bits, row.length)
    const bits = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)))
    for (let i = 0; i < words.length; i++) words[i]! |= bits[i] ?? 0
    return true
  }
}
