import { asLabel, type Written } from './values.ts'

/**
 * Of what a row says beside its cost. Costs are summed in dollars, and nobody knows the rate of that day: a cost in another
 * currency stays in the record, and is no recorded cost.
 */
export function isInDollars(currency: Written): boolean {
  const said = asLabel(currency)?.trim().toLowerCase()
  return said === undefined || said === '' || said === '$' || /^(usd?|us[ _-]?\$|(us[ _-]?)?dollars?)$/.test(said)
}
