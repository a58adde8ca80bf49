import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { PriceBook } from '../../shared/money/book.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { bundledBook, bundledText, testRegex } from '../prices/bundled.ts'
import { readBook } from '../prices/read-book.ts'
import type { Store } from './open.ts'

/** A store remembers the prices by which its costs are computed, and those before them. */
const mostKept = 2
const largest = 64 << 20

/** What tells one book of a store from another; 0 is the one of this build, where none is kept. */
export function bookNumber(store: Store): number {
  return store.statement<[], number | null>('SELECT max(id) FROM price_book').pluck().get() ?? 0
}

const pricers = new WeakMap<Store, { readonly number: number; readonly pricer: Pricer }>()
let bundled: Pricer | undefined

/** By which a store's costs are computed now. */
export function pricerOf(store: Store): Pricer {
  return pricerToCome(store)()
}

/** The same, understood when it is asked for: the store is read now. */
export function pricerToCome(store: Store): () => Pricer {
  const number = bookNumber(store)
  if (number === 0) return () => (bundled ??= new Pricer(bundledBook(), testRegex))
  const known = pricers.get(store)
  if (known?.number === number) return () => known.pricer
  const data = store.statement<[number], Buffer>('SELECT book FROM price_book WHERE id = ?').pluck().get(number)
  return () => {
    const made = pricers.get(store)
    if (made?.number === number) return made.pricer
    const pricer = new Pricer((data && unpack(data)) ?? bundledBook(), testRegex)
    pricers.set(store, { number, pricer })
    return pricer
  }
}

/** Whether a store's costs are computed by this very book: what was read of one may stand in another order. */
export function usesBook(store: Store, book: PriceBook): boolean {
  const number = bookNumber(store)
  const data = store.statement<[number], Buffer>('SELECT book FROM price_book WHERE id = ?').pluck().get(number)
  return (data ? textOf(data) : bundledText()) === JSON.stringify(book)
}

function textOf(data: Buffer): string | undefined {
  try {
    return zstdDecompressSync(data, { maxOutputLength: largest }).toString()
  } catch {
    return undefined
  }
}

/** Undefined where what the store holds is no book: somebody else wrote it. */
function unpack(data: Buffer): PriceBook | undefined {
  const text = textOf(data)
  if (text === undefined) return undefined
  if (text === bundledText()) return bundledBook()
  const found = readBook(text)
  return 'book' in found ? found.book : undefined
}

/** Costs are computed by this book from now on. */
export function putBook(store: Store, book: PriceBook, now: number): void {
  const data = zstdCompressSync(JSON.stringify(book))
  store.db
    .transaction(() => {
      store.statement<[number, Buffer], unknown>('INSERT INTO price_book(since, book) VALUES (?, ?)').run(now, data)
      const older = 'DELETE FROM price_book WHERE id NOT IN (SELECT id FROM price_book ORDER BY id DESC LIMIT ?)'
      store.statement<[number], unknown>(older).run(mostKept)
    })
    .immediate()
}

/** A store that has no book yet keeps this one: a newer build changes no cost by itself. */
export function keepBook(store: Store, book: PriceBook, now: number): void {
  if (!store.readOnly && bookNumber(store) === 0) putBook(store, book, now)
}

/** Whether there is a book before the one in use. */
export function hasEarlierBook(store: Store): boolean {
  return store.statement<[], number>('SELECT count(*) FROM price_book').pluck().get()! > 1
}

/** Back to the book before. */
export function undoBook(store: Store): void {
  if (hasEarlierBook(store)) store.statement('DELETE FROM price_book WHERE id = (SELECT max(id) FROM price_book)').run()
}
