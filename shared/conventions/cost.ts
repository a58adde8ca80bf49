import type { Mark } from '../domain/marks.ts'
import { decimalText, decimalToNano, nanoToDecimal } from '../domain/numbers.ts'
import type { DecimalText } from '../domain/units.ts'
import type { Facts, Reading } from './convention.ts'
import { asLabel, isDeferred, type Written } from './values.ts'

// What a file says that a call cost. Only dollars are summed: nobody knows the rate of that day. What is no cost in dollars
// stays in the record, marks the span, and is counted beside every total.

/** A cost as a file wrote it: dollars with their digits, or why it is none. */
export type SaidCost = { readonly dollars: DecimalText } | { readonly doubt: Mark }

const inAnother: SaidCost = { doubt: 'other-currency' }
const noAmount: SaidCost = { doubt: 'doubtful-cost' }

/** Longer than any amount that somebody wrote with its currency. */
const longest = 64

/** `$0.50`, `0.50 EUR`, `-€1` */
const withUnit = /^([+-]?)\s*([^\d\s.+-]*)\s*([+-]?(?:\d[\d.,]*|\.\d+)(?:e[+-]?\d+)?)\s*([^\d\s.]*)$/i

/**
 * Absent, empty and structures say nothing: a dialect that knows their fields reads them. Yes and no are no amounts.
 * `currency` is what stands beside it.
 */
export function readCost(written: Written, currency?: Written): SaidCost | undefined {
  const value = isDeferred(written) ? written.read() : written
  if (value === undefined || value === null || typeof value === 'object') return undefined
  if (typeof value === 'string' && value.trim() === '') return undefined
  const plain = decimalText(value)
  if (plain === undefined) return typeof value === 'string' ? withCurrency(value.trim()) : noAmount
  return isInDollars(currency) ? inRange(plain) : inAnother
}

/** Takes a cost where it is one in dollars, else marks the span; the mark goes if another field gives a cost. */
export function takeCost(reading: Reading<Facts>, written: Written, from: string, currency?: Written): void {
  takeSaid(reading, readCost(written, currency), from)
}

export function takeSaid(reading: Reading<Facts>, said: SaidCost | undefined, from: string): void {
  if (said === undefined) return
  if ('doubt' in said) reading.marks.push(said.doubt)
  else reading.take('recordedCost', said.dollars, from)
}

/** Exact to the nano-dollar. A doubt about one part is one about the sum; undefined where no part says anything. */
export function sumCosts(parts: Iterable<Written>): SaidCost | undefined {
  let sum: number | undefined
  for (const part of parts) {
    const said = readCost(part)
    if (said === undefined) continue
    if ('doubt' in said) return said
    sum = (sum ?? 0) + decimalToNano(said.dollars)!
  }
  if (sum === undefined) return undefined
  return Number.isSafeInteger(sum) ? { dollars: nanoToDecimal(sum) } : noAmount
}

function isInDollars(currency: Written): boolean {
  const said = asLabel(currency)?.trim().toLowerCase()
  return said === undefined || said === '' || said === '$' || /^(usd?|us[ _-]?\$|(us[ _-]?)?dollars?)$/.test(said)
}

function withCurrency(text: string): SaidCost {
  const found = text.length > longest ? null : withUnit.exec(text)
  if (!found) return noAmount
  const [, sign = '', before = '', amount = '', after = ''] = found
  const units = [before, after].filter(unit => unit !== '')
  if (units.every(unit => isInDollars(unit))) {
    const plain = decimalText(sign + amount)
    return plain === undefined ? noAmount : inRange(plain)
  }
  return units.some(unit => /^[a-z]{3}$|\p{Sc}/iu.test(unit)) ? inAnother : noAmount
}

/** Nobody pays a call less than nothing, nor more than can be summed exactly (nine million dollars). */
function inRange(plain: DecimalText): SaidCost {
  if (plain.startsWith('-')) return noAmount
  const digits = plain.indexOf('.')
  const isSmall = (digits < 0 ? plain.length : digits) <= 6
  return isSmall || decimalToNano(plain) !== undefined ? { dollars: plain } : noAmount
}
