import type { Usage } from '../../../../shared/domain/span.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { useAsk } from '../../../app/view.ts'

/** What a request will come to, as far as can be said without asking anybody. */
export interface Estimate {
  readonly tokens: number
  /** Tokens come from what the log counted, rather than from the length alone. */
  readonly isCounted: boolean
  /** Absent: no price is known, or nothing says how long the answer may get. */
  readonly cost?: NanoDollars
  /** What it costs at most: the request caps its answer. Else: with an answer as long as the logged one. */
  readonly isBound: boolean
}

/** Characters of English and of JSON that most tokenizers take for a token. */
const charactersAToken = 4

/** What was sent, in characters and in the tokens that the log counted. */
export interface Measured {
  readonly length: number
  readonly usage: Usage | undefined
}

/** The log's own count, in proportion to how much longer or shorter the body became. */
export function tokensOf({ length, usage }: Measured, now: number): Pick<Estimate, 'tokens' | 'isCounted'> {
  const counted = usage?.input
  return counted !== undefined && length > 0
    ? { tokens: Math.round((counted * now) / length), isCounted: true }
    : { tokens: Math.round(now / charactersAToken), isCounted: false }
}

/** `cap`: tokens after which the answer ends. */
export function useEstimate(
  id: number,
  was: Measured,
  now: { readonly length: number; readonly model: string | undefined; readonly cap: number | undefined },
): Estimate {
  const counted = tokensOf(was, now.length)
  const output = now.cap ?? was.usage?.output
  const model = now.model === undefined ? {} : { model: now.model }
  const priced = useAsk(
    'prices.estimate',
    output === undefined ? null : { id, ...model, input: counted.tokens, output: Math.round(output) },
  )
  const dollars = output === undefined ? undefined : priced.data?.cost?.cost?.dollars
  const cost = dollars === undefined ? undefined : decimalToNano(dollars)
  return { ...counted, isBound: now.cap !== undefined, ...(cost === undefined ? {} : { cost }) }
}
