import type { ListKind } from '../../../shared/contract/lists.ts'
import type { Searched } from '../../../shared/contract/search.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { isSettled } from '../settled.ts'
import type { Elsewhere } from '../table/elsewhere.ts'
import { Recent } from '../recent.ts'
import { matchingSet } from '../table/matching.ts'
import { tableOf } from '../table/table.ts'
import { shownOf, subjectOf, type Shown } from './subject.ts'

/** Who asks lists of one store. */
export interface Asking {
  readonly store: Store
  readonly elsewhere: Elsewhere
}

/** A list under a query, and what is worked out for it. */
export interface Asked extends Shown {
  readonly elsewhere: Elsewhere
  /** Undefined is every span. */
  readonly condition: Condition | undefined
  /** No import is running whose spans have no order yet. */
  readonly exact: boolean
  /** No text waits for the index, nothing for being read. */
  readonly isWhole: boolean
  /** How far the reading is, where the rows are those found so far. */
  readonly searched: Searched | undefined
  /** Kept while the list is asked on. */
  remember<T>(key: string, make: () => T): T
}

/** What an answer says of itself beside `exact`; of several questions, how far all of them are. */
export function searchedOf(...asked: readonly ({ readonly searched?: Searched | undefined } | undefined)[]): {
  readonly searched?: Searched
} {
  const far = asked.flatMap(one => one?.searched ?? [])
  if (far.length === 0) return {}
  const sum = (of: keyof Searched) => far.reduce((all, one) => all + one[of], 0)
  return { searched: { done: sum('done'), all: sum('all') } }
}

/** Queries whose rows are kept: a list, its totals, facets and histogram ask the same again and again. */
const mostKept = 6

/** All of an answer sees one state of the store. */
export function askList<T>(
  { store, elsewhere }: Asking,
  list: ListKind,
  condition: Condition | undefined,
  answer: (asked: Asked) => T,
): T {
  return store.snapshot(() => {
    const table = tableOf(store)
    const kept = table.untilWritten('lists', () => new Recent<Asked>(mostKept))
    const key = `${list} ${keyOf(condition)}`
    const ask = (): Asked => {
      let isWhole = true
      let searched: Searched | undefined
      const matching = matchingSet(table, condition, elsewhere, far => {
        isWhole = false
        searched ??= far
      })
      const shown = shownOf(subjectOf(table, list), matching)
      const made = new Recent<unknown>(60)
      const remember = <M>(name: string, make: () => M) => made.get(name, make) as M
      return { ...shown, elsewhere, condition, exact: isWhole && isSettled(store), isWhole, searched, remember }
    }
    // While the index grows, the next question may find more.
    const asked = kept.get(key, ask, made => made.isWhole)
    const result = table.asking(elsewhere, () => answer({ ...asked, elsewhere }))
    return table.isPartly && saysExact(result) ? { ...result, exact: false } : result
  })
}

function saysExact(result: unknown): result is { readonly exact: boolean } {
  return typeof result === 'object' && result !== null && Object.hasOwn(result, 'exact')
}

function keyOf(condition: Condition | undefined): string {
  return JSON.stringify(condition, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? ''
}
