import type { Searched } from '../../../shared/contract/search.ts'
import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import type { ReadSpan } from '../../../shared/query/readings.ts'
import type { Store } from '../open.ts'
import type { SpanBits } from '../text-index/span-bits.ts'
import { withTextIndex } from '../text-index/with-index.ts'
import { answerOpen, keyOf, type OpenAnswers } from './answers.ts'
import { compile } from './compile.ts'
import { provideFunctions, provideSets } from './functions.ts'
import { isTold } from './leaves.ts'
import { providePlaces, withPlaces } from './places.ts'
import type { Bound } from './statement.ts'

/** Reads one span whole; undefined where it cannot be read. Who is asked often may remember some. */
export interface SpanSource {
  (id: number): ReadSpan | undefined
  /** Many of them, in ascending order, in a fraction of the time of one by one. For use within a snapshot. */
  readonly each?: (ids: readonly number[]) => Iterable<readonly [id: number, read: ReadSpan]>
  /** Where the index lacks the texts of more spans, those are left out. Absent: all are read. */
  readonly mostLate?: number
  /** The rules by which it reads; an index made by others is not asked. */
  readonly rules?: string
}

/** A query made ready: what to put after WHERE of a statement in which `s` is a span. */
export interface Prepared {
  readonly where: string
  readonly values: Bound
  /** Nothing was left out: no text waits for the index, nothing for being read. */
  readonly isWhole: boolean
  /** How far the reading is, where it was given up until somebody asks again. */
  readonly searched?: Searched
}

/**
 * Makes a query ready, has it used, and takes away what it needed. Undefined is the empty query, which every span matches.
 * All of it sees one state of the store.
 */
export function withQuery<T>(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  use: (prepared: Prepared) => T,
  until = Number.POSITIVE_INFINITY,
): T {
  if (!condition) return store.snapshot(() => use({ where: '1', values: {}, isWhole: true }))
  provideFunctions(store)
  const { builder, where, open } = compile(condition, isTold(store))
  providePlaces(store, builder.fills.length)
  return store.snapshot(() =>
    withTextIndex(store, readSpan.rules, index => {
      const { sets, isWhole, searched } = answerOpen(store, condition, open, readSpan, index, until)
      const { values, test } = provideSets(store, sets)
      const written = (text: string) => text.replace(/\{\{(p\d+)\}\}/g, (_, name: string) => test(name))
      const all = { ...builder.values, ...values }
      return withPlaces(store, builder.fills.map(written), all, () =>
        use({ where: written(where), values: all, isWhole, ...(searched ? { searched } : {}) }),
      )
    }),
  )
}

/** What clauses of one query are true of, for clauses that need SQL or records. */
export interface LeafAnswers {
  /** Of the whole query so much is used as tells which records need not be read: it holds within that query only. */
  spansOf(leaf: Leaf): SpanBits | readonly number[]
  /** Whether anything was left out so far. */
  readonly wholeness: Pick<OpenAnswers, 'unsettled' | 'isWhole' | 'searched'>
}

/** For use within a snapshot of the store. */
export function leafAnswers(store: Store, condition: Condition, readSpan: SpanSource, until: number): LeafAnswers {
  provideFunctions(store)
  const told = isTold(store)
  const { open } = compile(condition, told)
  let answers: OpenAnswers | undefined
  return {
    get wholeness() {
      if (!answers || answers.isWhole) return { isWhole: true }
      const { unsettled, searched } = answers
      return { isWhole: false, ...(unsettled ? { unsettled } : {}), ...(searched ? { searched } : {}) }
    },
    spansOf(leaf) {
      const own = compile({ type: 'leaf', leaf }, told)
      const sets = new Map<string, SpanBits>()
      if (own.open.length > 0)
        answers ??= withTextIndex(store, readSpan.rules, index =>
          answerOpen(store, condition, open, readSpan, index, until),
        )
      for (const { leaf: asked, name } of own.open) {
        const same = open.find(one => one.leaf === asked || keyOf(one.leaf) === keyOf(asked))
        const found = same && answers?.sets.get(same.name)
        if (found && own.where === `{{${name}}}`) return found
        if (found) sets.set(name, found)
      }
      const { values, test } = provideSets(store, sets)
      const where = own.where.replace(/\{\{(p\d+)\}\}/g, (_, name: string) => test(name))
      return store.db
        .prepare<[Bound], number>(`SELECT s.id FROM span s WHERE ${where}`)
        .pluck()
        .all({ ...own.builder.values, ...values })
    },
  }
}

/** Changes whenever the index of a store may answer otherwise. */
export function textVersion(store: Store, readSpan: SpanSource): string {
  return withTextIndex(store, readSpan.rules, index => (index ? JSON.stringify(index.state) : ''))
}
