import { zstdDecompressSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { compress, recordPacking } from '../block-builder.ts'
import { writeState, type IndexState } from './identity.ts'
import { readNumbers } from './numbers.ts'
import { PostingReader } from './posting-reader.ts'
import { SpanBits } from './span-bits.ts'

// The spans of the commonest words, worked out once: half of all texts have them, and adding those up takes a tenth of a
// second a word.

/** Texts that a word must be in, and words at most: 200 words of a million spans take 10 MB. */
const leastTexts = 2000
const mostWords = 200

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

/** The spans of a word, where it is one of them. */
export function readCommon(db: Database.Database, word: string, record: number): SpanBits | undefined {
  const row = db
    .prepare<[string], { length: number; bits: Buffer }>('SELECT length, bits FROM common WHERE word = ?')
    .get(word)
  if (!row) return undefined
  const bytes = zstdDecompressSync(row.bits, { maxOutputLength: row.length })
  const found = new SpanBits(record)
  Buffer.from(found.words.buffer).set(bytes.subarray(0, found.words.byteLength))
  return found
}
