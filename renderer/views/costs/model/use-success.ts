import { useEffect, useMemo } from 'react'
import { successName, successQueries, type SuccessQueries } from '../../../../shared/query/success.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import type { Defined } from '../../../state/successes.ts'

/** In an address: no success is asked for, though there are definitions. */
export const noSuccess = '-'

export interface SuccessChoice {
  readonly definitions: readonly Defined[]
  /** Name of the definition, or the query, by which traces are judged. */
  readonly chosen: string | undefined
  readonly queries: SuccessQueries | undefined
  /** Nobody knows yet which definitions there are. */
  readonly isLoading: boolean
}

/** By what traces are judged: what the address says, else the store's first definition. */
export function useSuccess(written: string | undefined): SuccessChoice {
  const client = useClient()
  const asked = useAsk('success.list', {})
  const { data, error, again } = asked
  useEffect(() => client.on('notes.changed', again), [client, again])
  const isLoading = !data && !error
  return useMemo(() => {
    const definitions = data?.successes ?? []
    const first = definitions[0] && successName(definitions[0].success)
    const chosen = written === noSuccess ? undefined : (written ?? first)
    const queries =
      chosen === undefined
        ? undefined
        : successQueries(
            definitions.map(one => one.success),
            chosen,
          )
    return { definitions, chosen, queries, isLoading }
  }, [data, written, isLoading])
}
