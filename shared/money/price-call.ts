import type { Usage } from '../domain/span.ts'
import type { NanoDollars } from '../domain/units.ts'
import type { CostLine } from './book.ts'
import type { CallTerms } from './factors.ts'
import type { DatedSheet, Pricer } from './pricer.ts'
import type { Counts } from './sheet.ts'
import type { UnknownCost } from './unknown-cost.ts'
import { allUnits, unitNamed } from './units.ts'

/** What of a call its price depends on. */
export interface CallToPrice {
  readonly provider?: string | undefined
  /** The model that answered. */
  readonly model?: string | undefined
  /** Microseconds; NaN where it has no date. */
  readonly time: number
  readonly terms: CallTerms
  readonly usage: Usage | undefined
  /** Its counts contradict themselves, or are no counts. */
  readonly isDoubtful?: boolean
}

/** A call's computed cost with all that led to it. */
export type ComputedCost =
  | {
      readonly nano: NanoDollars
      readonly lines: readonly CostLine[]
      readonly price: DatedSheet
      /** Parts that the list has no price for: they cost what the whole costs, which for audio is too little. */
      readonly asWhole: readonly UsagePart[]
    }
  | { readonly unknown: UnknownCost }

/** Where each count of a usage stands among units. */
const places = {
  input: unitNamed('input_tokens')!.index,
  output: unitNamed('output_tokens')!.index,
  cacheRead: unitNamed('cache_read_tokens')!.index,
  cacheWrite: unitNamed('cache_write_tokens')!.index,
  cacheWrite1h: unitNamed('cache_write_1h_tokens')!.index,
  reasoning: unitNamed('output_reasoning_tokens')!.index,
  audioInput: unitNamed('input_audio_tokens')!.index,
  audioCached: unitNamed('cache_audio_read_tokens')!.index,
  audioOutput: unitNamed('output_audio_tokens')!.index,
  webSearches: unitNamed('web_searches')!.index,
} as const

export type UsagePart = keyof typeof places

/** Parts that cost other than their whole, as a rule. */
const ownPrices = [
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'audioInput',
  'audioCached',
  'audioOutput',
  'webSearches',
] as const
export const usageParts = Object.keys(places) as readonly UsagePart[]

/** Counts of one call after another, without an object for each. */
export class CountSheet {
  readonly counts: Counts = new Float64Array(allUnits.length).fill(Number.NaN)

  /** NaN is not told. */
  set(part: UsagePart, count: number): void {
    this.counts[places[part]] = count
  }

  /** What is wrong with the counts whatever they cost. */
  fault(): UnknownCost | undefined {
    const { counts } = this
    const at = (part: UsagePart) => counts[places[part]]!
    let isTold = false
    for (const part of usageParts) {
      const count = at(part)
      if (Number.isNaN(count)) continue
      if (!Number.isSafeInteger(count) || count < 0) return 'inconsistent'
      isTold = true
    }
    if (!isTold) return 'no-usage'
    const cached = (at('cacheRead') || 0) + (at('cacheWrite') || 0)
    if (cached > at('input') || at('cacheWrite1h') > at('cacheWrite')) return 'inconsistent'
    if (at('reasoning') > at('output') || at('audioOutput') > at('output')) return 'inconsistent'
    return at('audioInput') > at('input') || at('audioCached') > at('cacheRead') ? 'inconsistent' : undefined
  }

  /** What a call lacks to have a cost at these prices. */
  lack({ pricesInput, pricesOutput }: { pricesInput: boolean; pricesOutput: boolean }): UnknownCost | undefined {
    if (pricesInput && Number.isNaN(this.counts[places.input]!)) return 'no-input'
    return pricesOutput && Number.isNaN(this.counts[places.output]!) ? 'no-output' : undefined
  }
}

const shared = new CountSheet()

export function priceCall(pricer: Pricer, call: CallToPrice): ComputedCost {
  const price = pricer.at(call.provider, call.model, call.time, call.terms)
  for (const part of usageParts) shared.set(part, call.usage?.[part] ?? Number.NaN)
  const isFree = typeof price !== 'string' && price.match.rule?.local === true
  if (isFree) return { nano: 0, lines: [], price, asWhole: [] }
  const fault = call.isDoubtful ? 'inconsistent' : shared.fault()
  // That a price is missing is what a person can change: it is said first.
  if (typeof price === 'string') return { unknown: price }
  const wrong = fault ?? shared.lack(price.sheet)
  if (wrong) return { unknown: wrong }
  const nano = price.sheet.sum(shared.counts)
  const lines = price.sheet.lines(shared.counts)
  if (typeof nano === 'string') return { unknown: nano }
  if (typeof lines === 'string') return { unknown: lines }
  const asWhole = ownPrices.filter(part => (call.usage?.[part] ?? 0) > 0 && !price.sheet.has(places[part]))
  return { nano, lines, price, asWhole }
}
