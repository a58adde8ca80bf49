import { decimalToNano } from '../domain/numbers.ts'
import type { Span } from '../domain/span.ts'
import { splitTime, type NanoDollars } from '../domain/units.ts'
import { priceCall, type CallToPrice, type ComputedCost } from './price-call.ts'
import type { Pricer } from './pricer.ts'

/** What of a span its price depends on; the same as the store's columns say. */
export function callOfSpan({ provider, model, startTime, terms, usage, marks }: Span): CallToPrice {
  return {
    provider,
    model,
    time: startTime === undefined ? Number.NaN : splitTime(BigInt(startTime)).us,
    terms: terms ?? {},
    usage,
    isDoubtful: marks?.includes('doubtful-usage') === true,
  }
}

/** Undefined for a span that is no call and says nothing of one. */
export function computeSpan(pricer: Pricer, span: Span): ComputedCost | undefined {
  const isCall = span.kind === 'generation' || span.kind === 'embedding' || span.kind === 'reranker'
  const carries = isCall || span.usage !== undefined || span.recordedCost !== undefined || span.model !== undefined
  if (!carries || (span.marks?.includes('unanswered') && span.usage === undefined)) return undefined
  return priceCall(pricer, callOfSpan(span))
}

export function computedNano(pricer: Pricer, span: Span): NanoDollars | undefined {
  const cost = computeSpan(pricer, span)
  return cost && 'nano' in cost ? cost.nano : undefined
}

export function recordedNano({ recordedCost }: Pick<Span, 'recordedCost'>): NanoDollars | undefined {
  return recordedCost === undefined ? undefined : decimalToNano(recordedCost)
}
