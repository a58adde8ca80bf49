import type { Leaf } from '../../../shared/query/plan.ts'
import { readingTest, type ReadSpan } from '../../../shared/query/readings.ts'
import type { Store } from '../open.ts'
import { Recent } from '../recent.ts'
import { isAnother, readState, type StoreState } from '../table/state.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import type { SpanSource } from './search.ts'

/** A clause that spans are read for. */
export interface ReadClause {
  readonly key: string
  readonly leaf: Leaf
  /** Those of whom it is asked; undefined is all. */
  readonly of: { has(id: number): boolean; ids(): readonly number[] } | undefined
}

/** What reading has shown of a clause: of whom it is known, and of whom it is true. */
export interface Known {
  readonly of: ReadClause['of']
  readonly test: (read: ReadSpan) => boolean
  readonly read: SpanBits
  readonly holds: SpanBits
}

/** Clauses of one query that may be read bit by bit: one of more is answered at once, however long that takes. */
export const mostInSteps = 12
/** What was read is remembered of so many, a quarter of a megabyte each for a million spans: of several such queries. */
const mostClauses = 4 * mostInSteps
/** Spans read between two looks at the clock, and where nobody looks at one. */
const fewAtOnce = 64
const manyAtOnce = 2000

/**
 * Reads spans for clauses that nothing else answers, and remembers what it read: whoever asks again goes on from there,
 * also when the store has grown.
 */
export class ReadAnswers {
  private state: StoreState
  private readonly clauses = new Recent<Omit<Known, 'of'>>(mostClauses)

  constructor(store: Store) {
    this.state = readState(store)
  }

  /** Forgets what no longer holds. */
  renew(store: Store): void {
    const now = readState(store)
    const changed = changedReadings(store, this.state, now)
    if (changed === undefined) this.clauses.clear()
    else
      for (const { read, holds } of this.clauses.values()) {
        for (const id of changed) {
          read.delete(id)
          holds.delete(id)
        }
      }
    this.state = now
  }

  /** What is known of these clauses, with room for ids up to `most`. */
  known(asked: readonly ReadClause[], most: number): Known[] {
    return asked.map(({ key, leaf, of }) => {
      const make = (): Omit<Known, 'of'> => ({
        test: readingTest(leaf),
        read: new SpanBits(most),
        holds: new SpanBits(most),
      })
      const found = this.clauses.get(key, make)
      found.read.widen(most)
      found.holds.widen(most)
      return { ...found, of }
    })
  }
}

/** Spans whose records are not those that were read; undefined where any may be another. */
export function changedReadings(store: Store, before: StoreState, now: StoreState): readonly number[] | undefined {
  if (isAnother(before, now)) return undefined
  if (now.lastExtra === before.lastExtra) return []
  return store.statement<[number], number>('SELECT span FROM extra WHERE id > ?').pluck().all(before.lastExtra)
}

/**
 * Reads some of these spans (ascending), the latest first, until that time (`performance.now`). Answers of how many all is
 * known. Each call gets on, whatever the time.
 */
export function readMore(ids: ArrayLike<number>, known: readonly Known[], source: SpanSource, until: number): number {
  const isOpen = (id: number): boolean => known.some(({ of, read }) => !read.has(id) && (!of || of.has(id)))
  const atOnce = until === Number.POSITIVE_INFINITY ? manyAtOnce : fewAtOnce
  let unknown = 0
  for (let to = ids.length, isOver = false; to > 0;) {
    const some: number[] = []
    while (to > 0 && some.length < atOnce) {
      const id = ids[--to]!
      if (!isOpen(id)) continue
      if (isOver) unknown++
      else some.push(id)
    }
    if (isOver || some.length === 0) continue
    some.reverse()
    for (const [id, span] of source.each?.(some) ?? oneByOne(some, source)) {
      for (const { of, test, read, holds } of known) {
        if (!read.has(id) && (!of || of.has(id)) && test(span)) holds.add(id)
      }
    }
    for (const id of some) for (const { of, read } of known) if (!of || of.has(id)) read.add(id)
    isOver = performance.now() >= until
  }
  return ids.length - unknown
}

export function* oneByOne(ids: readonly number[], read: SpanSource): Generator<readonly [number, ReadSpan]> {
  for (const id of ids) {
    const span = read(id)
    if (span) yield [id, span]
  }
}
