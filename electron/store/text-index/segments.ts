import type Database from 'better-sqlite3'
import { lengthOf, putVarint, varintAt } from './varints.ts'
import type { WordPostings } from './word-postings.ts'
import { type SegmentStore, writeSegment } from './segment-writer.ts'

// Which segments the index of words has, as FTS5 keeps it (fts5_index.c, "Structure Records"). A connection that adds segments
// never asks FTS5, which holds what it read. Numbers are bound as BigInt: better-sqlite3 binds doubles, which FTS5 refuses.

/** FTS5_STRUCTURE_ROWID, and where a segment's number stands in the numbers of its pages. */
const structureRow = 10n
const [segmentBit, insideBit, heightBit] = [37n, 36n, 31n]
const mostSegments = 2000
/** So many on a level are merged to one: a question looks in each of them. */
const mergedSegments = 8
const crowd = 64
/** Pages that are merged at once: some 40 ms. */
const pagesAtOnce = 500

/** The segments of a level, the oldest first: the number of each, its first page and its last. */
interface Level {
  /** How many of them are being merged. */
  readonly merging: number
  readonly segments: readonly (readonly number[])[]
}

interface Structure {
  /** What FTS5 calls its configuration cookie, and what it has written. */
  readonly cookie: Uint8Array
  readonly writes: number
  readonly levels: readonly Level[]
}

/**
 * Adds a segment to the table `words` where FTS5 would add rows, within a transaction; `told` is given each word and how many
 * texts have it. The connection that does so must not ask FTS5 anything: it remembers by connection which segments there are.
 */
export function addSegment(
  db: Database.Database,
  postings: WordPostings,
  told: (letters: Uint8Array, texts: number) => void,
): void {
  // Tables of FTS5's own are not to be written otherwise.
  db.unsafeMode(true)
  try {
    const structure = readStructure(db)
    const [first = { merging: 0, segments: [] }, ...levels] = structure.levels
    const segment = freeNumber(structure)
    const pages = writeSegment(postings, segmentStore(db, segment), told)
    const grown = { ...first, segments: [...first.segments, [segment, 1, pages]] }
    const bytes = structureBytes({ ...structure, levels: [grown, ...levels] })
    db.prepare<[Uint8Array, bigint]>('UPDATE words_data SET block = ? WHERE id = ?').run(bytes, structureRow)
  } finally {
    db.unsafeMode(false)
  }
}

function segmentStore(db: Database.Database, segment: number): SegmentStore {
  const addPage = db.prepare<[bigint, Uint8Array]>('INSERT INTO words_data VALUES (?, ?)')
  const addStart = db.prepare<[bigint, Uint8Array, bigint]>('INSERT INTO words_idx VALUES (?, ?, ?)')
  const row = BigInt(segment) << segmentBit
  return {
    page: (page, bytes) => addPage.run(row + BigInt(page), bytes),
    inside: (page, height, bytes) =>
      addPage.run(row + (1n << insideBit) + (BigInt(height) << heightBit) + BigInt(page), bytes),
    start: (letters, page, hasInside) => addStart.run(BigInt(segment), letters, BigInt(2 * page + Number(hasInside))),
  }
}

/**
 * Merges segments a little, where there are many of a size; answers whether there is more to merge. For another connection than
 * that which adds them.
 */
export function mergeSegments(db: Database.Database): boolean {
  const isDue = () =>
    readStructure(db).levels.some(({ merging, segments }) => merging > 0 || segments.length >= mergedSegments)
  if (!isDue()) return false
  merge(db)
  return isDue()
}

/** Nobody has merged them for long: what is opened for a moment only, again and again, leaves segment after segment. */
export function mergeCrowd(db: Database.Database): void {
  while (readStructure(db).levels.some(({ segments }) => segments.length >= crowd)) merge(db)
}

function merge(db: Database.Database): void {
  db.prepare("INSERT INTO words(words, rank) VALUES ('merge', ?)").run(BigInt(pagesAtOnce))
}

function freeNumber({ levels }: Structure): number {
  const taken = new Set(levels.flatMap(({ segments }) => segments.map(([number]) => number)))
  let free = 1
  while (taken.has(free)) free++
  if (free > mostSegments) throw new Error(`The index has ${taken.size} segments.`)
  return free
}

function readStructure(db: Database.Database): Structure {
  const bytes = db.prepare<[bigint], Buffer>('SELECT block FROM words_data WHERE id = ?').pluck().get(structureRow)!
  let at = 4
  const next = (): number => {
    if (at >= bytes.length) throw new Error('The list of segments is cut short.')
    const value = varintAt(bytes, at)
    at += lengthOf(value)
    return value
  }
  const count = next()
  next()
  const writes = next()
  const levels = Array.from({ length: count }, () => {
    const merging = next()
    return { merging, segments: Array.from({ length: next() }, () => [next(), next(), next()]) }
  })
  return { cookie: bytes.subarray(0, 4), writes, levels }
}

function structureBytes({ cookie, writes, levels }: Structure): Uint8Array {
  const segments = levels.flatMap(level => level.segments)
  const numbers = [
    levels.length,
    segments.length,
    writes,
    ...levels.flatMap(level => [level.merging, level.segments.length, ...level.segments.flat()]),
  ]
  const bytes = new Uint8Array(4 + numbers.reduce((sum, number) => sum + lengthOf(number), 0))
  bytes.set(cookie)
  let at = 4
  for (const number of numbers) at += putVarint(bytes, at, number)
  return bytes
}
