import type { SpanCost } from '../../../../shared/contract/prices.ts'
import type { Usage } from '../../../../shared/domain/span.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'

/** What is known of the original before anything is sent. */
export interface Known {
  readonly usage: Usage | undefined
  readonly cost: SpanCost | undefined
  /** Characters of its body. */
  readonly length: number
}

/** What a request will come to, as far as can be said without asking anybody. */
export interface Estimate {
  readonly tokens: number
  /** Tokens come from what the log counted, rather than from the length alone. */
  readonly isCounted: boolean
  /** Absent: no price, or no end to the answer, is known. */
  readonly cost?: NanoDollars
  /** What it costs at most: the answer is capped. Else: with an answer as long as the logged one. */
  readonly isBound: boolean
}

/** Characters of English and of JSON that most tokenizers take for a token. */
const charactersAToken = 4

/**
 * The log's own count, in proportion to how much longer or shorter the body became. Prices are those of the original, so
 * that another model has none.
 */
export function estimateOf(
  { usage, cost, length }: Known,
  request: { readonly length: number; readonly cap: number | undefined; readonly isSameModel: boolean },
): Estimate {
  const counted = usage?.input
  const isCounted = counted !== undefined && length > 0
  const tokens = Math.round(isCounted ? (counted * request.length) / length : request.length / charactersAToken)
  const answer = request.cap ?? usage?.output
  const [input, output] = [priceOf(cost, 'input_tokens'), priceOf(cost, 'output_tokens')]
  const isBound = request.cap !== undefined
  if (!request.isSameModel || answer === undefined || input === undefined || output === undefined)
    return { tokens, isCounted, isBound }
  return { tokens, isCounted, isBound, cost: tokens * input + answer * output }
}

/** Nano-dollars of one. */
function priceOf(cost: SpanCost | undefined, unit: string): number | undefined {
  const line = cost?.cost?.lines.find(one => one.unit === unit)
  return line && (Number(line.price) / line.per) * Number(line.factor ?? 1) * 1e9
}
