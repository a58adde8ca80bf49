import { nanoToDecimal } from '../domain/numbers.ts'

/** Dollars of nano-dollars, rounded to one; undefined where nobody knows. */
export function dollarsOf(nano: number): string | undefined {
  return Number.isNaN(nano) ? undefined : nanoToDecimal(Math.round(nano))
}
