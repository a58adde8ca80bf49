import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { addSegment, mergeCrowd, mergeSegments } from '../../electron/store/text-index/segments.ts'
import { WordPostings } from '../../electron/store/text-index/word-postings.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// FTS5 is asked what it finds in segments that it has not written.

const folder = temporaryFolder()
const words = new WordPostings()

function open(name: string, texts: readonly string[] = []) {
  const db = new Database(folder.file(name))
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, content='', columnsize=0, detail=full, tokenize='ascii');
    CREATE VIRTUAL TABLE temp.place USING fts5vocab('main', 'words', 'instance')`)
  db.pragma('synchronous = OFF')
  const add = db.prepare('INSERT INTO words(rowid, text) VALUES (?, ?)')
  db.transaction(() => texts.forEach((text, i) => add.run(BigInt(i + 1), text)))()
  return db
}

/** Every word, text and place. */
const places = (db: Database.Database) => db.prepare('SELECT term, doc, "offset" FROM temp.place').raw().all()
const check = (db: Database.Database) => db.exec("INSERT INTO words(words) VALUES ('integrity-check')")

function write(db: Database.Database, first: number, texts: readonly string[]): void {
  const bytes = texts.map(text => Buffer.from(text))
  let end = 0
  words.add(
    first,
    Buffer.concat(bytes),
    Uint32Array.from(bytes, one => (end += one.length)),
  )
  db.transaction(() => addSegment(db, words, () => {}))()
  words.clear()
}

test('FTS5 finds in our segments what it finds in its own, and merges them', () => {
  let seed = 7
  const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
  const odd = ['Ünïcode', '検索', 'A1-b2_C3', 'x'.repeat(200), 'a\0b', `${'q'.repeat(24)} ${'q'.repeat(25)}`, '…', '']
  const texts = Array.from({ length: 12_000 }, (_, i) => {
    const rare = Array.from({ length: random(6) }, () => `w${random(3000)}`).join(' ')
    return `The ${odd[random(odd.length)]!} ${rare}, ${i % 500 === 0 ? 'the '.repeat(random(3000)) : 'THE.end'}`
  })
  const theirs = places(open('theirs', texts))
  const writing = open('ours')
  for (let from = 0; from < texts.length; from += 1000) write(writing, from + 1, texts.slice(from, from + 1000))
  const ours = open('ours')
  check(ours)
  expect(places(ours)).toEqual(theirs)
  const found = ours.prepare('SELECT count(*) FROM words WHERE words MATCH ? AND rowid > 11000').pluck()
  expect(found.get('"the" AND "end"')).toBe(998)

  while (mergeSegments(ours));
  check(ours)
  expect(ours.prepare('SELECT count(DISTINCT segid) FROM words_idx').pluck().get()).toBeLessThan(8)
  expect(places(ours)).toEqual(theirs)
})

test('seventy small segments become one', () => {
  const writing = open('small')
  for (let text = 1; text <= 70; text++) write(writing, text, [`word ${text}`])
  const db = open('small')
  mergeCrowd(db)
  expect(db.prepare('SELECT count(DISTINCT segid) FROM words_idx').pluck().get()).toBe(1)
  expect(db.prepare('SELECT count(*) FROM words WHERE words MATCH ?').pluck().get('"word"')).toBe(70)
})

test('one word that fills thousands of pages is found', () => {
  write(open('many'), 1, [...Array.from({ length: 4500 }, () => 'a '.repeat(4030)), 'a b'])
  const db = open('many')
  check(db)
  expect(db.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck().all('"b" AND "a"')).toEqual([4501])
  expect(db.prepare('SELECT max(id >> 31 & 31) FROM words_data WHERE id >> 36 & 1').pluck().get()).toBe(1)
})
