import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { PriceBook } from '../../shared/money/book.ts'
import { bundledBook } from './bundled.ts'
import { readPriceFile, readRules } from './read-book.ts'

/** What a person adds to the bundled prices lies in two files beside the settings. No update touches them. */
export const rulesFileOf = (folder: string): string => path.join(folder, 'prices.json')
export const listFileOf = (folder: string): string => path.join(folder, 'price-list.json')

export interface CurrentBook {
  readonly book: PriceBook
  /** What of the files cannot be used. */
  readonly wrong: readonly string[]
}

/** The list of this build, or a newer one that was imported, under the rules of the person. */
export function currentBook(folder: string | undefined): CurrentBook {
  const wrong: string[] = []
  let book = bundledBook()
  if (folder === undefined) return { book, wrong }
  const list = readText(listFileOf(folder), wrong)
  if (list !== undefined) {
    const found = readPriceFile(list, { source: 'imported', date: book.date })
    if ('wrong' in found) wrong.push(`${listFileOf(folder)} is not used. ${found.wrong}`)
    else if (found.book.date < book.date)
      wrong.push(`${listFileOf(folder)} is not used: this build's list is newer (${book.date}).`)
    else book = { ...found.book, rules: [] }
  }
  const written = readText(rulesFileOf(folder), wrong)
  if (written === undefined) return { book, wrong }
  const found = readRules(written)
  if ('wrong' in found) return { book, wrong: [...wrong, `${rulesFileOf(folder)} is not used. ${found.wrong}`] }
  return { book: { ...book, rules: found.rules }, wrong }
}

const largest = 64 << 20

function readText(file: string, wrong: string[]): string | undefined {
  try {
    if (statSync(file).size <= largest) return readFileSync(file, 'utf8')
    wrong.push(`${file} is not used: it is too large.`)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing) wrong.push(`${file} cannot be read.`)
  }
  return undefined
}
