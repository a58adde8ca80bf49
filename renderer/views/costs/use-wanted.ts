import { useMemo } from 'react'
import { parseQuery } from '../../../shared/query/parse.ts'
import type { Measure } from '../../../shared/query/cost-measures.ts'
import { questionOf, userZone } from '../../state/question.ts'
import type { TableAddress } from './model/address.ts'
import { periodBefore } from './model/period.ts'
import type { SuccessChoice } from './model/use-success.ts'
import type { Wanted } from './model/use-table.ts'

/** Milliseconds after which figures so far are shown. */
const patience = 150

interface Parts {
  readonly query: string
  readonly address: TableAddress
  readonly measures: readonly Measure[]
  readonly success: SuccessChoice
}

/** What is asked of the engine; undefined while the query has a mistake, or nobody knows what success is. `other`: the query compared with. */
export function useWanted({ query, address, measures, success }: Parts): {
  readonly wanted: Wanted | undefined
  readonly other: string | undefined
} {
  const { sort, versus } = address
  // Asked once a query: `now` stays as long as it does.
  const question = useMemo(() => questionOf(query), [query])
  const other = useMemo(
    () => (versus === 'previous' ? periodBefore(query, question.now) : versus),
    [versus, query, question],
  )
  const wanted = useMemo(() => {
    if (!parseQuery(query).ok || success.isLoading) return undefined
    const { query: successful, among } = success.queries ?? {}
    const ask = (text: string) => ({ ...questionOf(text, question.now), patience })
    return {
      // Also without a query: a field that only records hold is read bit by bit.
      where: ask(query),
      zone: userZone(),
      measures,
      sort:
        measures.some(one => one === sort.by) || sort.by === 'key' ? sort : { by: 'key' as const, descending: false },
      ...(other !== undefined && parseQuery(other).ok ? { compare: ask(other) } : {}),
      ...(successful === undefined ? {} : { success: ask(successful) }),
      ...(among === undefined ? {} : { successAmong: ask(among) }),
    }
  }, [query, question, measures, sort, other, success])
  return { wanted, other }
}
