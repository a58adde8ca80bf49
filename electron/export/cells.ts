import type { NanosecondText } from '../../shared/domain/units.ts'

// Exact numbers as other programs read them.

/** ISO 8601 in UTC with nine digits of a second. */
export function isoTime(time: NanosecondText | undefined): string | undefined {
  if (time === undefined) return undefined
  const ns = BigInt(time)
  const rest = ((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const whole = new Date(Number((ns - rest) / 1_000_000n)).toISOString()
  return `${whole.slice(0, 19)}.${rest.toString().padStart(9, '0')}Z`
}

/** Nanoseconds as a decimal in a larger unit, exact: `"1230000"` with 6 places is `"1.23"`. */
export function shifted(time: NanosecondText | undefined, places: number): string | undefined {
  if (time === undefined) return undefined
  const isNegative = time.startsWith('-')
  const digits = time.slice(isNegative ? 1 : 0).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${isNegative ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}
