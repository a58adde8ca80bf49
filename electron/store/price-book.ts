import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { PriceBook } from '../../shared/money/book.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { bundledText, testRegex } from '../prices/bundled.ts'
import { readBook } from '../prices/read-book.ts'
import { priceRules } from '../prices/rules.ts'
import { bookNumber, bundledPricer, keptBook, textOfBook } from './kept-book.ts'
import type { Store } from './open.ts'

/** A store remembers the prices by which its costs are computed, and those before them. */
const mostKept = 2

interface Known {
  readonly number: number
  readonly pricer: () => Pricer
}

const pricers = new WeakMap<Store, Known>()

/** Names a store's book by what stands in it and by the code that reads it. */
export function bookKey(store: Store): string {
  const number = bookNumber(store)
  return createHash('sha256')
    .update(`${priceRules} ${number} `)
    .update(keptBook(store, number) ?? bundledText())
    .digest('base64url')
}

/** By which a store's costs are computed now. */
export function pricerOf(store: Store): Pricer {
  return pricerToCome(store)()
}

/** The same, understood when it is asked for: the store is read now. */
export function pricerToCome(store: Store): () => Pricer {
  const number = bookNumber(store)
  if (number === 0) return bundledPricer
  const known = pricers.get(store)
  if (known?.number === number) return known.pricer
  const data = keptBook(store, number)
  let made: Pricer | undefined
  const pricer = () => (made ??= understood(textOfBook(data)))
  pricers.set(store, { number, pricer })
  return pricer
}

/** Whether a store's costs are computed by this very book: what was read of one may stand in another order. */
export function usesBook(store: Store, book: PriceBook): boolean {
  const number = bookNumber(store)
  return (number === 0 ? bundledText() : textOfBook(keptBook(store, number))) === JSON.stringify(book)
}

function understood(text: string | undefined): Pricer {
  if (text === undefined || text === bundledText()) return bundledPricer()
  const found = readBook(text)
  return 'book' in found ? new Pricer(found.book, testRegex) : bundledPricer()
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
