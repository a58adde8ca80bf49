import type { DecimalText } from '../../../shared/domain/units.ts'

const places = 24

/** Dollars of nano-dollars and of 10^-24 dollars, however many, to the digit. */
export function exactDollars(nano: bigint, rest: bigint): DecimalText {
  const size = nano * 10n ** 15n + rest
  const digits = String(size < 0n ? -size : size).padStart(places + 1, '0')
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
  return size < 0n ? `-${text}` : text
}
