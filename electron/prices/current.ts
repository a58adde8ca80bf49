import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { PriceBook } from '../../shared/money/book.ts'
import { bundledBook } from './bundled.ts'
import { readPriceFile, readRules } from './read-book.ts'

/** What a person adds to the bundled prices lies in two files beside the settings. No update touches them. */
export const rulesFileOf = (folder: string): string => path.join(folder, 'prices.json')
export const listFileOf = (folder: string): string => path.join(folder, 'price-list.json')

export interface CurrentBook {
  readonly book: PriceBook
  /** What of the files is not used. */
  readonly wrong: readonly string[]
  /** That among it which is there because somebody wants it, and has a mistake. */
  readonly broken: readonly string[]
}

/** Prices to compute costs by. Refused while a file has a mistake: without it, calls would lose prices that they have. */
export function usableBook(folder: string | undefined): PriceBook {
  const { book, broken } = currentBook(folder)
  if (broken.length === 0) return book
  const what = broken.join(' ')
  throw new InspectorError('prices/broken-file', `${what} No cost is changed: correct the file first, or move it away.`)
}

/**
 * The list of this build, or a newer one that was imported, under the rules of the person. A list is as new as it says, but no
 * newer than its file: one that says no day, or a day to come, would keep every later build's list from being used.
 */
export function currentBook(folder: string | undefined): CurrentBook {
  let book = bundledBook()
  if (folder === undefined) return { book, wrong: [], broken: [] }
  const broken: string[] = []
  const older: string[] = []
  const list = readText(listFileOf(folder), broken)
  if (list !== undefined) {
    const arrived = dayOf(listFileOf(folder))
    const found = readPriceFile(list, { source: 'imported', date: arrived })
    if ('wrong' in found) broken.push(`${listFileOf(folder)} is not used. ${found.wrong}`)
    else if (found.book.date < book.date || arrived < book.date)
      older.push(`${listFileOf(folder)} is not used: this build's list is newer (${book.date}).`)
    else book = { ...found.book, rules: [] }
  }
  const written = readText(rulesFileOf(folder), broken)
  const own = written === undefined ? { rules: [] } : readRules(written)
  if ('wrong' in own) broken.push(`${rulesFileOf(folder)} is not used. ${own.wrong}`)
  else book = { ...book, rules: own.rules }
  return { book, wrong: [...older, ...broken], broken }
}

function dayOf(file: string): string {
  return statSync(file).mtime.toISOString().slice(0, 10)
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
