import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { compress, recordPacking } from '../../electron/store/block-builder.ts'
import { PostingReader } from '../../electron/store/text-index/posting-reader.ts'
import { partBits, PostingList } from '../../electron/store/text-index/postings.ts'
import { SpanBits } from '../../electron/store/text-index/span-bits.ts'

const input = partBits(['input'])
const output = partBits(['output'])

/** A text, a span, what it is there. */
type Entry = readonly [text: number, span: number, parts: number]

function postings() {
  const db = new Database(':memory:')
  db.exec(`CREATE TABLE posting(id INTEGER PRIMARY KEY, segment, generation, length, data);
    CREATE TABLE redone(span INTEGER PRIMARY KEY, generation)`)
  const add = (generation: number, entries: readonly Entry[]): void => {
    const list = new PostingList()
    for (const entry of entries) list.add(...entry)
    for (const { segment, data } of list.take())
      db.prepare('INSERT INTO posting VALUES (NULL, ?, ?, ?, ?)').run(
        segment,
        generation,
        data.length,
        compress(data, recordPacking),
      )
  }
  return { db, add }
}

/** Asked twice: what is asked again is read from another place. */
function spansOf(reader: PostingReader, texts: readonly number[], parts = 0): number[] {
  const [once, again] = [new SpanBits(5000), new SpanBits(5000)]
  reader.spansOf(texts, parts, once)
  reader.spansOf(texts, parts, again)
  expect(again.ids()).toEqual(once.ids())
  return once.ids()
}

const many = Array.from({ length: 100 }, (_, i) => 10 + 40 * i)

test('a text in few spans and one in many are found in all pieces, by what they are there', () => {
  const { db, add } = postings()
  add(1, [[1, 5, input], [3, 7, output], ...many.slice(0, 60).map((span): Entry => [2, span, input])])
  add(2, [[1, 300, output], ...many.slice(60).map((span): Entry => [2, span, output]), [2050, 4000, input]])
  const reader = new PostingReader(db)
  expect(spansOf(reader, [1])).toEqual([5, 300])
  expect(spansOf(reader, [1], output)).toEqual([300])
  expect(spansOf(reader, [2])).toEqual(many)
  expect(spansOf(reader, [2], output)).toEqual(many.slice(60))
  expect(spansOf(reader, [1, 3, 4, 2050])).toEqual([5, 7, 300, 4000])
})

test('what a span said before it gained a record does not count, also of what was read by then', () => {
  const { db, add } = postings()
  add(1, [[1, 5, input], [1, 6, input], ...many.map((span): Entry => [2, span, input])])
  const reader = new PostingReader(db)
  expect(spansOf(reader, [1, 2])).toEqual([5, 6, ...many])
  // In another segment than what it said before.
  add(2, [[2050, 5, output]])
  const redone = db.prepare('INSERT INTO redone VALUES (?, 2)')
  for (const span of [5, many[1]!]) redone.run(span)
  reader.renew()
  expect(spansOf(reader, [1])).toEqual([6])
  expect(spansOf(reader, [2])).toEqual(many.filter(span => span !== many[1]))
  expect(spansOf(reader, [2050])).toEqual([5])
})

test('what is read ahead is found without asking the file', () => {
  const { db, add } = postings()
  add(1, [
    [1, 5, input],
    [2050, 7, output],
  ])
  const reader = new PostingReader(db)
  expect([reader.readAhead(2050), reader.readAhead(2050), reader.readAhead(2050)]).toEqual([true, true, false])
  db.exec('DELETE FROM posting')
  expect(spansOf(reader, [1, 2050])).toEqual([5, 7])
})
