import { mostTokens, type Usage } from '../domain/span.ts'
import type { NanoDollars } from '../domain/units.ts'
import type { CostLine } from './book.ts'
import type { CallTerms } from './factors.ts'
import type { DatedSheet, Pricer } from './pricer.ts'
import { sharesAmong, type Counts, type Sheet } from './sheet.ts'
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
export const unitOf = {
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

export type UsagePart = keyof typeof unitOf

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
export const usageParts = Object.keys(unitOf) as readonly UsagePart[]

const indices = Int32Array.from(Object.values(unitOf))
const { input, cacheRead, cacheWrite } = unitOf
/** Parts that cannot be more than their whole. */
const within = [
  [unitOf.cacheWrite1h, unitOf.cacheWrite],
  [unitOf.reasoning, unitOf.output],
  [unitOf.audioOutput, unitOf.output],
  [unitOf.audioInput, unitOf.input],
  [unitOf.audioCached, unitOf.cacheRead],
] as const
const told = sharesAmong([...indices])

/** Counts of one call after another, without an object for each. */
export class CountSheet {
  readonly counts: Counts = new Float64Array(allUnits.length).fill(Number.NaN)

  /** Whoever fills it remembers here that rare counts are to be cleared. */
  hasRare = false

  /** NaN is not told. */
  set(part: UsagePart, count: number): void {
    this.counts[unitOf[part]] = count
  }

  /** What is wrong with the counts whatever they cost. */
  fault(): UnknownCost | undefined {
    const { counts } = this
    let isTold = false
    for (let i = 0; i < indices.length; i++) {
      const count = counts[indices[i]!]!
      // Not a number is not told.
      if (count !== count) continue
      if (!(count >= 0 && count <= mostTokens && Math.floor(count) === count)) return 'inconsistent'
      isTold = true
    }
    if (!isTold) return 'no-usage'
    for (const [part, whole] of within) if (counts[part]! > counts[whole]!) return 'inconsistent'
    const cached = (counts[cacheRead]! || 0) + (counts[cacheWrite]! || 0)
    return cached > counts[input]! ? 'inconsistent' : undefined
  }

  /** Integer nano-dollars at these prices. */
  sum(sheet: Sheet): NanoDollars | UnknownCost {
    return sheet.sum(this.counts, told)
  }

  /** What a call lacks to have a cost at these prices. */
  lack({ pricesInput, pricesOutput }: { pricesInput: boolean; pricesOutput: boolean }): UnknownCost | undefined {
    if (pricesInput && Number.isNaN(this.counts[unitOf.input]!)) return 'no-input'
    return pricesOutput && Number.isNaN(this.counts[unitOf.output]!) ? 'no-output' : undefined
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
  const nano = shared.sum(price.sheet)
  const lines = price.sheet.lines(shared.counts)
  if (typeof nano === 'string') return { unknown: nano }
  if (typeof lines === 'string') return { unknown: lines }
  const asWhole = ownPrices.filter(part => (call.usage?.[part] ?? 0) > 0 && !price.sheet.has(unitOf[part]))
  return { nano, lines, price, asWhole }
}
