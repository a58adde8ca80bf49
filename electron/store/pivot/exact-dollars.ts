import type { DecimalText } from '../../../shared/domain/units.ts'

/** Dollars of nano-dollars, however many, to the digit. */
export function exactDollars(nano: bigint): DecimalText {
  const digits = String(nano < 0n ? -nano : nano).padStart(10, '0')
  const text = `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '')
  return nano < 0n ? `-${text}` : text
}
