import { zstdDecompressSync } from 'node:zlib'
import { Pricer } from '../../shared/money/pricer.ts'
import { bundledBook, bundledText, testRegex } from '../prices/bundled.ts'
import type { Store } from './open.ts'

const largest = 64 << 20

/** What tells one book of a store from another; 0 is the one of this build, where none is kept. */
export function bookNumber(store: Store): number {
  return store.statement<[], number | null>('SELECT max(id) FROM price_book').pluck().get() ?? 0
}

/** A book as the store keeps it: packed. */
export function keptBook(store: Store, number: number): Buffer | undefined {
  return store.statement<[number], Buffer>('SELECT book FROM price_book WHERE id = ?').pluck().get(number)
}

/** The text of a book, or undefined where what the store holds is none: somebody else wrote it. */
export function textOfBook(data: Buffer | undefined): string | undefined {
  try {
    return data && zstdDecompressSync(data, { maxOutputLength: largest }).toString()
  } catch {
    return undefined
  }
}

let bundled: Pricer | undefined

export function bundledPricer(): Pricer {
  return (bundled ??= new Pricer(bundledBook(), testRegex))
}

/**
 * By which the costs of a store are computed, where that is the list of this build: the usual case, and the first page
 * waits for it. Any other must be validated (price-book.ts), which takes more code than all of that page.
 */
export function usualPricer(store: Store): Pricer | undefined {
  const number = bookNumber(store)
  const isUsual = number === 0 || textOfBook(keptBook(store, number)) === bundledText()
  return isUsual ? bundledPricer() : undefined
}
