import { decimalText, decimalToNano } from '../domain/numbers.ts'
import { lengthToNano } from '../domain/times.ts'
import type { NanoDollars, Nanoseconds } from '../domain/units.ts'

// Values as a person writes them. Undefined is "this is none": the parser says so with an example.

const withUnit = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)([kmg])?$/i
const exponents = { k: 3, m: 6, g: 9 } as const

/** `8000`, `8k`, `1.2M`. */
export function readNumber(text: string): number | undefined {
  const decimal = readDecimal(text)
  return decimal === undefined ? undefined : Number(decimal)
}

/** `0.05`, `$0.05`, `1.2k`: dollars. */
export function readMoney(text: string): NanoDollars | undefined {
  const decimal = readDecimal(text.replace(/^([+-]?)\$/, '$1'))
  return decimal === undefined ? undefined : decimalToNano(decimal)
}

function readDecimal(text: string): string | undefined {
  const found = withUnit.exec(text)
  if (!found) return undefined
  const decimal = decimalText(found[1]!)
  const unit = found[2]?.toLowerCase()
  if (decimal === undefined || unit === undefined) return decimal
  return decimalText(`${decimal}e${exponents[unit as keyof typeof exponents]}`)
}

const piece = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|min|m|h|d|w)/giy
const lengths = {
  ns: ['ns', 1n],
  us: ['us', 1n],
  µs: ['us', 1n],
  μs: ['us', 1n],
  ms: ['ms', 1n],
  s: ['s', 1n],
  m: ['s', 60n],
  min: ['s', 60n],
  h: ['s', 3600n],
  d: ['s', 86_400n],
  w: ['s', 604_800n],
} as const

/** `250ms`, `2s`, `1.5m`, `1h30m`; a bare `0`. A number without a unit is none: of what? */
export function readDuration(text: string): Nanoseconds | undefined {
  if (text === '0') return 0n
  let sum = 0n
  piece.lastIndex = 0
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    const found = piece.exec(text)
    if (!found) return undefined
    const [unit, times] = lengths[found[2]!.toLowerCase() as keyof typeof lengths]
    const length = lengthToNano(found[1], unit)
    if (length === undefined) return undefined
    sum += length * times
  }
  return text === '' ? undefined : sum
}
