import { useEffect, useState } from 'react'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { useClient } from '../../../app/view.ts'
import type { Variant } from './variants.ts'

/** What all variants may cost together, each once; undefined while that is asked, null where nobody knows. */
export function useMost(
  id: number,
  variants: readonly Variant[],
  tokensOf: (length: number) => number,
): NanoDollars | null | undefined {
  const client = useClient()
  const [most, setMost] = useState<{ readonly of: string; readonly dollars: NanoDollars | null }>()
  const asked = Map.groupBy(variants, ({ model, length, cap }) =>
    JSON.stringify({ model, input: tokensOf(length), output: cap }),
  )
  // Equal ones are asked about once.
  const key = JSON.stringify([...asked].map(([one, same]) => [one, same.length]))
  useEffect(() => {
    const abort = new AbortController()
    const priced = (JSON.parse(key) as [string, number][]).map(async ([one, times]) => {
      const { model, input, output } = JSON.parse(one) as { model?: string; input: number; output?: number }
      if (output === undefined) return undefined
      const named = model === undefined ? {} : { model }
      const { cost } = await client.ask('prices.estimate', { id, ...named, input, output }, abort.signal)
      const dollars = cost?.cost && decimalToNano(cost.cost.dollars)
      return dollars === undefined ? undefined : dollars * times
    })
    Promise.all(priced).then(
      costs =>
        setMost({
          of: key,
          dollars: costs.reduce<NanoDollars | null>(
            (sum, cost) => (sum === null || cost === undefined ? null : sum + cost),
            0,
          ),
        }),
      () => {
        if (!abort.signal.aborted) setMost({ of: key, dollars: null })
      },
    )
    return () => abort.abort()
  }, [client, id, key])
  return most?.of === key ? most.dollars : undefined
}
