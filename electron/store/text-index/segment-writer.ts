import { lengthOf, putVarint, varintAt } from './varints.ts'
import type { Word, WordPostings } from './word-postings.ts'

// A segment of FTS5's index as FTS5 writes it (fts5_index.c, "PAGE FORMAT" and "Segment doclist indexes"): pages of words and
// postings, the first word of each page, and for postings of many pages the texts with which these begin. FTS5 reads and
// merges it.

/** FTS5's own. */
const pageSize = 4050
/** Pages within one word's postings from which on these have an index. */
const leastInside = 4
const header = 4
/** FTS5_MAIN_PREFIX: stands before each word. */
const mainIndex = 48

/** Where the parts of a segment are kept; bytes hold during the call. */
export interface SegmentStore {
  page(page: number, bytes: Uint8Array): void
  /** Of an index of the pages that one word's postings fill. */
  inside(page: number, height: number, bytes: Uint8Array): void
  /** A page with words: none of them is less than these bytes. */
  start(letters: Uint8Array, page: number, hasInside: boolean): void
}

/** Writes all words as one segment; answers how many pages it has. `told` is given each word and how many texts have it. */
export function writeSegment(
  postings: WordPostings,
  store: SegmentStore,
  told: (letters: Uint8Array, texts: number) => void,
): number {
  postings.close()
  const writer = new SegmentWriter(postings, store)
  for (const word of postings.sorted()) {
    writer.add(word)
    told(postings.bytes.subarray(word.from, word.from + word.length), word.texts)
  }
  return writer.end()
}

class SegmentWriter {
  private readonly bytes: Uint8Array
  private readonly store: SegmentStore
  private readonly page = new Uint8Array(2 * pageSize)
  private used = header
  private number = 1
  /** Where words begin on the page: the last of them, and all as bytes. */
  private lastStart = 0
  private readonly starts = new Uint8Array(2 * pageSize)
  private usedStarts = 0
  /** Whether some text stands on the page. */
  private hasText = false
  private before: Word | undefined
  /** The last page with words, and its first word: told once it is known whether that needs an index. */
  private started = { letters: new Uint8Array(), page: 1 }
  private pagesInside = 0
  private readonly inside: InsideWriter

  constructor({ bytes }: WordPostings, store: SegmentStore) {
    this.bytes = bytes
    this.store = store
    this.inside = new InsideWriter(store)
  }

  add(word: Word): void {
    this.begin(word)
    if (this.filled + word.used + 1 <= pageSize) this.copy(word.at, word.at + word.used)
    else this.addTexts(word)
  }

  end(): number {
    if (this.used > header) this.flush()
    if (this.number > 1) this.tellStart()
    return this.number - 1
  }

  private get filled(): number {
    return this.used + this.usedStarts
  }

  private begin(word: Word): void {
    const { bytes, page } = this
    const { from } = word
    const length = word.length + 1
    if (this.filled + length + 2 >= pageSize && this.used > header) this.flush()
    const shared = this.sharedWith(word)
    const isFirst = this.usedStarts === 0
    this.usedStarts += putVarint(this.starts, this.usedStarts, this.used - this.lastStart)
    this.lastStart = this.used
    if (!isFirst) this.used += putVarint(page, this.used, shared)
    else if (this.number > 1) {
      this.tellStart()
      const letters = new Uint8Array(Math.min(shared + 1, length))
      letters[0] = mainIndex
      letters.set(bytes.subarray(from, from + letters.length - 1), 1)
      this.started = { letters, page: this.number }
    }
    const known = isFirst ? 0 : shared
    this.used += putVarint(page, this.used, length - known)
    if (known === 0) page[this.used++] = mainIndex
    for (let i = Math.max(0, known - 1); i < word.length; i++) page[this.used++] = bytes[from + i]!
    this.before = word
    this.hasText = true
    this.inside.begin(this.number)
  }

  /** Bytes that a word has in common with the one before, the one before both included. */
  private sharedWith({ from, length }: Word): number {
    const { before, bytes } = this
    if (!before) return 0
    let shared = 0
    while (shared < length && shared < before.length && bytes[from + shared] === bytes[before.from + shared]) shared++
    return shared + 1
  }

  /** Text by text, from page to page. */
  private addTexts({ at, used }: Word): void {
    const { bytes } = this
    let text = 0
    for (let from = at; from < at + used;) {
      const step = varintAt(bytes, from)
      from += lengthOf(step)
      text += step
      if (this.hasText) this.used += putVarint(this.page, this.used, step)
      else this.beginText(text)
      const size = varintAt(bytes, from)
      const to = from + lengthOf(size) + (size >> 1)
      this.addPlaces(from, to)
      from = to
    }
  }

  /** The first text of a page is written with its whole number. */
  private beginText(text: number): void {
    this.page[0] = this.used >> 8
    this.page[1] = this.used & 255
    this.inside.add(text, this.number)
    this.used += putVarint(this.page, this.used, text)
    this.hasText = true
  }

  /** What is left of a page is filled with whole numbers. */
  private addPlaces(from: number, to: number): void {
    if (this.filled + to - from <= pageSize) return this.copy(from, to)
    for (let at = from; at < to;) {
      const room = pageSize - this.filled
      let end = to
      if (to - at > room) {
        end = this.afterNumber(at)
        for (let next = end; next - at <= room; next = this.afterNumber(next)) end = next
      }
      this.copy(at, end)
      if (this.filled >= pageSize) this.flush()
      at = end
    }
  }

  private afterNumber(at: number): number {
    let end = at
    while (this.bytes[end]! >= 128) end++
    return end + 1
  }

  private copy(from: number, to: number): void {
    const { bytes, page } = this
    let { used } = this
    if (to - from > 64) {
      page.set(bytes.subarray(from, to), used)
      used += to - from
    } else for (let at = from; at < to; at++) page[used++] = bytes[at]!
    this.used = used
  }

  private flush(): void {
    const { page } = this
    page[2] = this.used >> 8
    page[3] = this.used & 255
    if (this.usedStarts === 0) {
      if (!this.hasText) this.inside.skip()
      this.pagesInside++
    }
    page.set(this.starts.subarray(0, this.usedStarts), this.used)
    this.store.page(this.number++, page.subarray(0, this.filled))
    page.fill(0, 0, header)
    this.used = header
    this.lastStart = this.usedStarts = 0
    this.hasText = false
  }

  private tellStart(): void {
    const { letters, page } = this.started
    const hasInside = this.inside.end(this.pagesInside >= leastInside)
    this.store.start(letters, page, hasInside)
    this.pagesInside = 0
  }
}

interface Level {
  bytes: Uint8Array
  used: number
  /** By which it is found. */
  page: number
  /** The text that was added last. */
  last: number
}

/** The index of pages within one word's postings: a tree, as a rule of one page. */
class InsideWriter {
  private readonly store: SegmentStore
  private readonly levels: Level[] = []

  constructor(store: SegmentStore) {
    this.store = store
  }

  /** A word begins on a page. */
  begin(page: number): void {
    this.level(0).page = page
  }

  /** A page on which no text begins. */
  skip(): void {
    const level = this.level(0)
    if (level.used === 0) return
    // One text may fill any number of pages.
    if (level.used + pageSize > level.bytes.length) level.bytes = Buffer.concat([level.bytes], level.bytes.length * 2)
    level.bytes[level.used++] = 0
  }

  /** The first text of the page at hand. */
  add(text: number, page: number): void {
    let below = page
    for (let height = 0; ; height++) {
      const level = this.level(height)
      const isFull = level.used >= pageSize
      if (isFull) this.split(height)
      if (level.used > 0) level.used += putVarint(level.bytes, level.used, text - level.last)
      else this.start(level, isFull, below, text)
      level.last = text
      below = level.page
      if (!isFull) return
    }
  }

  /** Writes what there is, where it is to be kept; answers whether it did. */
  end(isKept: boolean): boolean {
    const found = isKept && this.level(0).used > 0
    for (const [height, level] of this.levels.entries()) {
      if (found && level.used > 0) this.write(height)
      level.used = 0
    }
    return found
  }

  /** Another page of a level: the level above it has both. */
  private split(height: number): void {
    const [level, above] = [this.level(height), this.level(height + 1)]
    level.bytes[0] = 1
    this.write(height)
    if (above.used === 0) {
      const first = varintAt(level.bytes, 1 + lengthOf(varintAt(level.bytes, 1)))
      above.page = level.page
      this.start(above, false, level.page, first)
      above.last = first
    }
    level.used = 0
    level.page++
  }

  private start(level: Level, isBelow: boolean, page: number, text: number): void {
    level.bytes[0] = Number(isBelow)
    level.used = 1 + putVarint(level.bytes, 1, page)
    level.used += putVarint(level.bytes, level.used, text)
  }

  private write(height: number): void {
    const { bytes, used, page } = this.level(height)
    this.store.inside(page, height, bytes.subarray(0, used))
  }

  private level(height: number): Level {
    return (this.levels[height] ??= { bytes: new Uint8Array(2 * pageSize), used: 0, page: 0, last: 0 })
  }
}
