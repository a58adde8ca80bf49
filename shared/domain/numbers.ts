import type { DecimalText, NanoDollars } from './units.ts'

// Exact decimals as text. Money never passes through a float; what arrives as one is printed with its shortest digits.

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/
const longest = 400

interface Parts {
  readonly negative: boolean
  /** All digits without the point. */
  readonly digits: string
  /** How many of them stand after the point. */
  readonly scale: number
}

function split(text: string): Parts | undefined {
  if (text.length > longest) return undefined
  const found = decimal.exec(text)
  if (!found) return undefined
  const whole = found[2] ?? ''
  const fraction = found[3] ?? ''
  if (whole === '' && fraction === '') return undefined
  const scale = fraction.length - Number(found[4] ?? 0)
  if (Math.abs(scale) > longest) return undefined
  const digits = whole + fraction + (scale < 0 ? '0'.repeat(-scale) : '')
  return { negative: found[1] === '-', digits, scale: Math.max(scale, 0) }
}

function join(negative: boolean, digits: string, scale: number): DecimalText {
  const padded = digits.padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale).replace(/^0+(?=\d)/, '')
  const text = scale === 0 ? whole : `${whole}.${padded.slice(padded.length - scale)}`
  return negative && /[1-9]/.test(text) ? `-${text}` : text
}

/** Plain decimal text: 3.705e-05 -> "0.00003705". Digits are kept, trailing zeros too; NaN, infinity and words are not numbers. */
export function decimalText(value: unknown): DecimalText | undefined {
  if (typeof value === 'bigint') return value.toString()
  const parts =
    typeof value === 'number' ? split(String(value)) : typeof value === 'string' ? split(value.trim()) : undefined
  return parts && join(parts.negative, parts.digits, parts.scale)
}

export function isZeroDecimal(text: DecimalText): boolean {
  return !/[1-9]/.test(text)
}

/** Dollars to integer nano-dollars, half to even. Undefined when it is no number or past 2^53 (nine million dollars). */
export function decimalToNano(text: DecimalText): NanoDollars | undefined {
  const parts = split(text)
  if (!parts) return undefined
  let nano = BigInt(parts.digits)
  if (parts.scale <= 9) nano *= 10n ** BigInt(9 - parts.scale)
  else {
    const unit = 10n ** BigInt(parts.scale - 9)
    const rest = (nano % unit) * 2n
    nano /= unit
    if (rest > unit || (rest === unit && nano % 2n === 1n)) nano += 1n
  }
  const result = Number(parts.negative ? -nano : nano)
  return Number.isSafeInteger(result) ? result + 0 : undefined
}

/** What a decimal is more than its nano-dollars, in 10^-24 dollars; digits past these are left out. */
export function restOfNano(text: DecimalText, nano: NanoDollars): number {
  const point = text.indexOf('.')
  // As most are: nothing to round.
  if (!/[eE]/.test(text) && (point < 0 || text.length - point - 1 <= 9)) return 0
  const parts = split(text)
  if (!parts) return 0
  const digits = BigInt(parts.digits)
  const exact = parts.scale <= 24 ? digits * 10n ** BigInt(24 - parts.scale) : digits / 10n ** BigInt(parts.scale - 24)
  return Number((parts.negative ? -exact : exact) - BigInt(nano) * 10n ** 15n)
}

export function nanoToDecimal(nano: NanoDollars): DecimalText {
  const text = join(nano < 0, String(Math.abs(nano)), 9)
  return text.replace(/\.?0+$/, '')
}
