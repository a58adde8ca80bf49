import type { DecimalText, NanoDollars } from '../domain/units.ts'

// Sums of money are exact: prices are decimals, counts are integers, and one unit divides all that prices are quoted for
// (a million tokens, a thousand searches, an hour). A sum is rounded once, at its end.

/** A ninth of 10^-36 dollars: what an hour's price makes of one second is a whole number of these. */
export type Grains = bigint

const places = 36
const ninths = 9n
const dollar = 10n ** BigInt(places) * ninths
const perNano = dollar / 10n ** 9n
const decimal = /^\d{1,12}(?:\.\d{1,24})?$/

/** What one of `per` costs. Undefined where the price is no plain decimal, or finer than can be summed exactly. */
export function grainsOf(price: DecimalText, per: number): Grains | undefined {
  const scaled = scaledDecimal(price, places)
  if (scaled === undefined) return undefined
  const grains = scaled * ninths
  return grains % BigInt(per) === 0n ? grains / BigInt(per) : undefined
}

/** Half to even. Undefined past 2^53 nano-dollars (nine million dollars). */
export function grainsToNano(grains: Grains): NanoDollars | undefined {
  const rest = (grains % perNano) * 2n
  let nano = grains / perNano
  if (rest > perNano || (rest === perNano && nano % 2n === 1n)) nano += 1n
  const result = Number(nano)
  return Number.isSafeInteger(result) ? result : undefined
}

/** Dollars with every digit; where a price per hour has no end, 36 of them. */
export function grainsToDecimal(grains: Grains): DecimalText {
  const digits = String(grains / ninths).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`)
}

/** 2.5 × 0.5 is 1.25: a price by a factor, exact. Undefined where one of them is no plain decimal. */
export function timesFactor(price: DecimalText, factor: DecimalText): DecimalText | undefined {
  const [a, b] = [scaledDecimal(price, 24), scaledDecimal(factor, 24)]
  if (a === undefined || b === undefined) return undefined
  const digits = String(a * b).padStart(49, '0')
  const fraction = digits.slice(-48).replace(/0+$/, '')
  return digits.slice(0, -48) + (fraction === '' ? '' : `.${fraction}`)
}

function scaledDecimal(text: DecimalText, scale: number): bigint | undefined {
  if (!decimal.test(text)) return undefined
  const [whole, fraction = ''] = text.split('.')
  return BigInt(whole! + fraction.padEnd(scale, '0'))
}
