import { useEffect, useState } from 'react'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import { useClient } from '../../../app/view.ts'
import { pathAbove, top } from './row-tree.ts'
import { bucketsIn, trendsOf, type Trends, type TrendUnit } from './trends.ts'
import type { Wanted } from './use-table.ts'

/** Rows by time that are asked for at once: what has more has no trends. */
const most = 20_000
/** Days of which hours say more. */
const fewDays = 2

/**
 * What each row cost over time: a question for the groups at the top, and one for each that is open. `turn` changes
 * whenever the table does.
 */
export function useTrends(
  fields: readonly string[],
  wanted: Wanted | undefined,
  open: ReadonlySet<string>,
  turn: string | undefined,
): (id: string) => Trends | undefined {
  const client = useClient()
  const paths = JSON.stringify([top, ...open])
  const [known, setKnown] = useState<ReadonlyMap<string, Trends>>(new Map())
  useEffect(() => {
    if (!wanted || turn === undefined) return undefined
    const abort = new AbortController()
    const { where, zone } = wanted
    const ask = (path: string, unit: TrendUnit) => {
      const within = JSON.parse(path) as (ListValue | null)[]
      const input = {
        ...(where ? { where } : {}),
        zone,
        by: fields.slice(0, within.length + 1),
        per: unit,
        ...(within.length > 0 ? { within } : {}),
        measures: ['cost' as const],
        sort: { by: 'key' as const, descending: false },
        limit: most,
      }
      return client.ask('costs.table', input, abort.signal)
    }
    const load = async (): Promise<void> => {
      let unit: TrendUnit = 'day'
      let first = await ask(top, unit)
      if (bucketsIn(first) <= fewDays) first = await ask(top, (unit = 'hour'))
      const whole = first.rows > most ? undefined : trendsOf(first, unit)
      const found = new Map<string, Trends>()
      if (whole) {
        found.set(top, whole)
        for (const path of (JSON.parse(paths) as string[]).slice(1)) {
          const answer = await ask(path, unit)
          const trends = answer.rows > most ? undefined : trendsOf(answer, unit, whole)
          if (trends) found.set(path, trends)
        }
      }
      if (!abort.signal.aborted) setKnown(found)
    }
    // The table stands without them.
    load().catch(() => {})
    return () => abort.abort()
    // `turn` stands for fields and wanted.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, turn, paths])
  return id => known.get(pathAbove(id))
}
