import type { Output } from '../../../../shared/contract/index.ts'
import type { WrittenProfile } from '../../../../shared/contract/replay.ts'
import type { Usage } from '../../../../shared/domain/span.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import { useAsk } from '../../../app/view.ts'
import { changesOf, type Draft } from './draft.ts'

/** What a request will come to, as far as can be said without asking anybody. */
export interface Estimate {
  readonly tokens: number
  /** Tokens were counted, by the log or by an encoding, rather than guessed by the length. */
  readonly isCounted: boolean
  /** Pictures, sounds and files that are not among the tokens. */
  readonly media: number
  /** Absent: no price is known, or nothing says how long the answer may get. */
  readonly cost?: NanoDollars
  /** The request caps its answer, or the log has one to go by. */
  readonly isLengthKnown: boolean
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

/** The log's own count, in proportion to how much longer or shorter the body became: until it is counted. */
function tokensOf({ length, usage }: Measured, now: number): Pick<Estimate, 'tokens' | 'isCounted'> {
  const counted = usage?.input
  return counted !== undefined && length > 0
    ? { tokens: Math.round((counted * now) / length), isCounted: true }
    : { tokens: Math.round(now / charactersAToken), isCounted: false }
}

interface Asked {
  readonly draft: Draft | undefined
  /** The host knows the draft as it is: nobody types any more. */
  readonly isCurrent: boolean
  readonly profile: WrittenProfile | undefined
  readonly model: string | undefined
}

export function useEstimate(id: number, was: Measured, { draft, isCurrent, profile, model }: Asked): Estimate {
  const counted = useAsk(
    'replay.tokens',
    draft && isCurrent ? { id, ...changesOf(draft), ...(profile ? { profile } : {}) } : null,
  )
  const guessed = tokensOf(was, draft?.text.length ?? 0)
  const tokens: Output<'replay.tokens'> | undefined = counted.data
  const bound = tokens?.mostOutput
  const output = bound ?? was.usage?.output
  const input = (bound === undefined ? undefined : tokens?.mostInput) ?? tokens?.tokens ?? guessed.tokens
  const priced = useAsk(
    'prices.estimate',
    output === undefined || !tokens
      ? null
      : { id, ...(model === undefined ? {} : { model }), input, output: Math.round(output) },
  )
  const dollars = output === undefined ? undefined : priced.data?.cost?.cost?.dollars
  const cost = dollars === undefined ? undefined : decimalToNano(dollars)
  return {
    ...(tokens ? { tokens: tokens.tokens, isCounted: true } : guessed),
    media: tokens?.media ?? 0,
    isLengthKnown: output !== undefined,
    isBound: bound !== undefined && tokens?.mostInput !== undefined,
    ...(cost === undefined ? {} : { cost }),
  }
}
