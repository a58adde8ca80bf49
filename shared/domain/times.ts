import { decimalText } from './numbers.ts'
import type { Nanoseconds } from './units.ts'

// Times as files write them -> integer nanoseconds since 1970. Decimals are exact: nothing passes through a float.

export interface ParsedTime {
  readonly ns: Nanoseconds
  /** The text had no zone and was read as UTC. */
  readonly noZone?: boolean
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,30}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?::?\d{2})?)?$/i
const numeric = /^([+-]?)(\d{1,25})(?:\.(\d{0,30}))?(?:[eE]\+?(\d{1,2}))?$/

/**
 * ISO 8601 with or without zone (a space may stand for the T), an epoch as number or numeric text, or
 * `[seconds, nanos]`. An epoch's unit goes by magnitude: below 1e11 seconds, below 1e14 milliseconds, below 1e17
 * microseconds, else nanoseconds. Undefined when it is no time, and for zero: an absent time, not 1970.
 */
export function parseTime(value: unknown): ParsedTime | undefined {
  if (typeof value === 'bigint') return epoch(value, '')
  if (typeof value === 'number') return Number.isFinite(value) ? parseEpoch(plainNumber(value)) : undefined
  if (typeof value === 'string') return value === latest.text ? latest.found : parseText(value)
  if (Array.isArray(value) && value.length === 2) return parsePair(value[0], value[1])
  return undefined
}

/** A line of a log tells of several spans, each time with its one time. */
let latest: { readonly text: string; readonly found: ParsedTime | undefined } = { text: '', found: undefined }

function parseText(value: string): ParsedTime | undefined {
  const text = value.trim()
  if (text.length > 80) return undefined
  const found = parseEpoch(text) ?? parseIso(text)
  latest = { text: value, found }
  return found
}

/** Up to 1e21 a number prints its digits; past that it is no time. */
function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
}

function parseEpoch(text: string): ParsedTime | undefined {
  const found = numeric.exec(text)
  if (!found) return undefined
  let whole = found[2]!
  let fraction = found[3] ?? ''
  const shift = Number(found[4] ?? 0)
  if (shift > 25) return undefined
  if (shift > 0) {
    whole += fraction.slice(0, shift).padEnd(shift, '0')
    fraction = fraction.slice(shift)
  }
  const magnitude = BigInt(whole)
  return epoch(found[1] === '-' ? -magnitude : magnitude, fraction)
}

function epoch(whole: bigint, fraction: string): ParsedTime | undefined {
  const size = whole < 0n ? -whole : whole
  if (!fitsClock(size)) return undefined
  const power = size < 100_000_000_000n ? 9 : size < 100_000_000_000_000n ? 6 : size < 100_000_000_000_000_000n ? 3 : 0
  const rest = BigInt(fraction.slice(0, power).padEnd(power, '0') || '0')
  const ns = whole * 10n ** BigInt(power) + (whole < 0n ? -rest : rest)
  return ns === 0n ? undefined : { ns }
}

/** 64 bits of nanoseconds, 1677 to 2262. What is written outside means no time: Go's year 1, a database's year 9999. */
function fitsClock(ns: bigint): boolean {
  return ns < 1n << 63n && ns > -(1n << 63n)
}

function parsePair(seconds: unknown, nanos: unknown): ParsedTime | undefined {
  const s = toInteger(seconds)
  const n = toInteger(nanos)
  if (s === undefined || n === undefined) return undefined
  const ns = s * 1_000_000_000n + n
  return ns === 0n ? undefined : { ns }
}

function toInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined
}

function parseIso(text: string): ParsedTime | undefined {
  const found = iso.exec(text)
  if (!found) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = found
  const h = Number(hour)
  const s = Number(second)
  // A leap second (60) is kept: it lands on the next minute's first second.
  if (Number(month) < 1 || Number(month) > 12 || h > 24 || Number(minute) > 59 || s > 60) return undefined
  const date = new Date(0)
  // Date.UTC would read the years 0 to 99 as 1900 to 1999. A day that rolls over (31 February) is a mistake, not a date.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (Number(day) < 1 || date.getUTCDate() !== Number(day)) return undefined
  const ms = date.setUTCHours(h, Number(minute), s)
  const offset = zone ? zoneSeconds(zone) : 0
  const ns = BigInt(ms) * 1_000_000n - BigInt(offset) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  if (!fitsClock(ns)) return undefined
  return zone ? { ns } : { ns, noZone: true }
}

function zoneSeconds(zone: string): number {
  if (/^[a-z]/i.test(zone)) return 0
  const digits = zone.slice(1).replaceAll(':', '').padEnd(6, '0')
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6))
  return zone[0] === '-' ? -size : size
}

const ulid = /(?:^|[^0-9A-Za-z])([0-7][0-9A-HJKMNP-TV-Z]{25})$/i
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The milliseconds inside a ULID (26 Crockford characters, a prefix such as `tr_` allowed), when between 2010 and 2100. */
export function ulidTime(id: string): Nanoseconds | undefined {
  const found = ulid.exec(id)
  if (!found) return undefined
  let ms = 0
  for (const char of found[1]!.slice(0, 10).toUpperCase()) ms = ms * 32 + crockford.indexOf(char)
  return ms > 1_262_304_000_000 && ms < 4_102_444_800_000 ? BigInt(ms) * 1_000_000n : undefined
}

/** A length of time in milliseconds, as number or text, decimals exact. */
export function millisecondsToNano(written: unknown): Nanoseconds | undefined {
  return lengthToNano(written, 'ms')
}

const decimalPlaces = { s: 9, ms: 6, us: 3, ns: 0 } as const

/** The same in other units. What is shorter than a nanosecond is left out. */
export function lengthToNano(written: unknown, unit: keyof typeof decimalPlaces): Nanoseconds | undefined {
  const places = decimalPlaces[unit]
  const text = decimalText(written)
  if (text === undefined) return undefined
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  if (whole.length > 15) return undefined
  const ns = BigInt(whole) * 10n ** BigInt(places) + BigInt(fraction.slice(0, places).padEnd(places, '0') || 0)
  return text.startsWith('-') ? -ns : ns
}
