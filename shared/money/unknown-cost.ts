/** Why a call has no computed cost. Unknown is never zero: totals count these. Stored nowhere; order is free. */
export const unknownCosts = [
  'no-model', // names no model
  'no-provider', // its provider is in no price list
  'no-price', // no price for that model
  'not-yet', // all prices known for it begin later
  'other-currency', // its price is not in dollars
  'no-tier', // its service tier changes prices, and nobody says by how much
  'no-usage', // tells no counts
  'no-input', // does not tell its input, which has a price
  'no-output', // does not tell its output, which has a price
  'inconsistent', // counts that cannot be: fractions, less than nothing, more than a call can have, parts greater than their whole
  'overlapping', // two parts with prices of their own overlap, and it does not tell by how much
  'bad-price', // the price list says something that cannot be summed
  'too-large', // more than can be told exactly
] as const

export type UnknownCost = (typeof unknownCosts)[number]

/** By which calls are grouped where it is asked why nobody knows their cost: no field, for no query can ask it. */
export const whyUnknown = 'why unpriced'

const ofPrices: readonly string[] = [
  'no-provider',
  'no-price',
  'not-yet',
  'other-currency',
  'no-tier',
  'bad-price',
] satisfies UnknownCost[]

/** A price written by hand may end it: the call itself says all that is needed. */
export function isHelpedByPrice(why: string): boolean {
  return ofPrices.includes(why)
}
