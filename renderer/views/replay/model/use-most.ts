import { useEffect, useState } from 'react'
import type { PageClient } from '../../../state/client.ts'
import type { WrittenProfile } from '../../../../shared/contract/replay.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { useClient } from '../../../app/view.ts'
import type { Variant } from './variants.ts'

/** Milliseconds after which somebody who types is asked about. */
const pause = 150

/**
 * What all variants may cost together, each once: by the tokens and prices by which the host keeps a ceiling. Undefined while
 * that is added up, one after another, as many as there may be; null where nobody knows.
 */
export function useMost(
  id: number,
  variants: readonly Variant[],
  profile: WrittenProfile | undefined,
): NanoDollars | null | undefined {
  const client = useClient()
  const [most, setMost] = useState<{ readonly of: readonly Variant[]; readonly dollars: NanoDollars | null }>()
  const to = JSON.stringify(profile ?? null)
  useEffect(() => {
    const abort = new AbortController()
    const told = JSON.parse(to) as WrittenProfile | null
    const end = (dollars: NanoDollars | null): void => {
      if (!abort.signal.aborted) setMost({ of: variants, dollars })
    }
    const timer = setTimeout(() => {
      addUp(client, variants, { id, ...(told ? { profile: told } : {}) }, abort.signal).then(end, () => end(null))
    }, pause)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, id, variants, to])
  return most?.of === variants ? most.dollars : undefined
}

async function addUp(
  client: PageClient,
  variants: readonly Variant[],
  of: { readonly id: number; readonly profile?: WrittenProfile },
  signal: AbortSignal,
): Promise<NanoDollars | null> {
  let sum = 0
  for (const { model, changes } of variants) {
    const { mostInput: input, mostOutput: output } = await client.ask('replay.tokens', { ...of, ...changes }, signal)
    if (input === undefined || output === undefined) return null
    const asked = { id: of.id, ...(model === undefined ? {} : { model }), input, output }
    const { cost } = await client.ask('prices.estimate', asked, signal)
    const dollars = cost?.cost && decimalToNano(cost.cost.dollars)
    if (dollars === undefined) return null
    sum += dollars
  }
  return sum
}
