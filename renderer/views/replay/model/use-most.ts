import { useEffect, useState } from 'react'
import type { PageClient } from '../../../state/client.ts'
import type { WrittenProfile } from '../../../../shared/contract/replay.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { useClient } from '../../../app/view.ts'
import type { Variant } from './variants.ts'

/** Milliseconds after which somebody who types is asked about. */
const pause = 150

/** Undefined while it is counted; null where nobody knows. */
type Bound = NanoDollars | null | undefined

/** What is sent may cost so much: the first of all variants, and all together, each once. */
export interface Most {
  readonly first: Bound
  readonly all: Bound
}

/** By the tokens and prices by which the host keeps a ceiling; added up one after another, as many as there may be. */
export function useMost(id: number, variants: readonly Variant[], profile: WrittenProfile | undefined): Most {
  const client = useClient()
  const [most, setMost] = useState<Most & { readonly of: readonly Variant[] }>()
  const to = JSON.stringify(profile ?? null)
  useEffect(() => {
    const abort = new AbortController()
    const told = JSON.parse(to) as WrittenProfile | null
    const tell = (known: Most): void => {
      if (!abort.signal.aborted) setMost({ of: variants, ...known })
    }
    const count = (variant: Variant) =>
      boundOf(client, variant, { id, ...(told ? { profile: told } : {}) }, abort.signal).catch(() => null)
    const timer = setTimeout(() => void addUp(variants, count, tell), pause)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [client, id, variants, to])
  return most?.of === variants ? most : { first: undefined, all: undefined }
}

async function addUp(
  variants: readonly Variant[],
  count: (variant: Variant) => Promise<NanoDollars | null>,
  tell: (known: Most) => void,
): Promise<void> {
  let all: NanoDollars | null = 0
  let first: Bound
  for (const variant of variants) {
    const bound: NanoDollars | null = await count(variant)
    first ??= bound
    all = bound === null ? null : all + bound
    if (all === null) break
    if (variant === variants[0]) tell({ first, all: undefined })
  }
  tell({ first, all })
}

/** What a ceiling counts a request as. */
async function boundOf(
  client: PageClient,
  { model, changes }: Variant,
  of: { readonly id: number; readonly profile?: WrittenProfile },
  signal: AbortSignal,
): Promise<NanoDollars | null> {
  const { mostInput: input, mostOutput: output } = await client.ask('replay.tokens', { ...of, ...changes }, signal)
  if (input === undefined || output === undefined) return null
  const asked = { id: of.id, ...(model === undefined ? {} : { model }), input, output }
  const { cost } = await client.ask('prices.estimate', asked, signal)
  return (cost?.cost && decimalToNano(cost.cost.dollars)) ?? null
}
