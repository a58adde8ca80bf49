import type { ListKind } from '../../../shared/contract/lists.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { isSettled } from '../search/find.ts'
import { textVersion, type SpanSource } from '../search/search.ts'
import { matchingRows } from '../table/matching.ts'
import { tableOf } from '../table/table.ts'
import { Recent } from './recent.ts'
import { shownOf, subjectOf, type Shown } from './subject.ts'

/** Who asks lists of one store. */
export interface Asking {
  readonly store: Store
  /** Reads what no column holds. */
  readonly readSpan: SpanSource
}

/** A list under a query, and what is worked out for it. */
export interface Asked extends Shown {
  readonly readSpan: SpanSource
  /** No import is running whose spans have no order yet, and no text waits for the index. */
  readonly exact: boolean
  /** Kept while the list is asked on. */
  remember<T>(key: string, make: () => T): T
}

/** Queries whose rows are kept: a list, its totals, facets and histogram ask the same again and again. */
const mostKept = 6

/** All of an answer sees one state of the store. */
export function askList<T>(
  { store, readSpan }: Asking,
  list: ListKind,
  condition: Condition | undefined,
  answer: (asked: Asked) => T,
): T {
  return store.snapshot(() => {
    const table = tableOf(store)
    const kept = table.derived('lists', () => new Recent<Asked>(mostKept))
    const key = `${list} ${keyOf(condition)} ${textVersion(store, readSpan)}`
    const asked = kept.get(key, () => {
      let isWhole = true
      const rows = matchingRows(table, condition, readSpan, () => (isWhole = false))
      const shown = shownOf(subjectOf(table, list), rows)
      const made = new Recent<unknown>(12)
      const remember = <M>(name: string, make: () => M) => made.get(name, make) as M
      return { ...shown, readSpan, exact: isWhole && isSettled(store), remember }
    })
    return answer(asked)
  })
}

function keyOf(condition: Condition | undefined): string {
  return JSON.stringify(condition, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? ''
}
