import { parseTime } from '../domain/times.ts'
import type { Nanoseconds } from '../domain/units.ts'
import { readDuration } from './values.ts'
import { civilToInstant, localDay, type Civil } from './zones.ts'

// Points of time as a person writes them. A day or a minute is all of it, so what is written is a stretch of time.

/** What a query must be told to know what a date means. */
export interface Clock {
  readonly now: Nanoseconds
  /** IANA name of the user's time zone. */
  readonly zone: string
}

/** From `from` to before `to`. */
export interface Stretch {
  readonly from: Nanoseconds
  readonly to: Nanoseconds
}

/** A point of time as written, before anybody says what time it is and where. */
export type WrittenTime =
  | { readonly type: 'instant'; readonly at: Nanoseconds }
  /** `now`, `now-2h`. */
  | { readonly type: 'now'; readonly shift: Nanoseconds }
  /** `today` is 0, `yesterday` is -1. */
  | { readonly type: 'day'; readonly days: number }
  /** Numbers of a calendar; how many are given says how long it lasts. `offset`: seconds, where a zone was written. */
  | { readonly type: 'civil'; readonly numbers: readonly number[]; readonly fraction: string; readonly offset?: number }

const civil =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/i
const relative = /^now(?:([+-])(.{1,30}))?$/i

/** `2026-01-05`, `2026-01-05T14:02`, with or without a zone, `now-2h`, `today`, an epoch of ten digits or more. */
export function readTime(text: string): WrittenTime | undefined {
  const word = text.toLowerCase()
  if (word === 'today') return { type: 'day', days: 0 }
  if (word === 'yesterday') return { type: 'day', days: -1 }
  const now = relative.exec(text)
  if (now) {
    const shift = now[2] === undefined ? 0n : readDuration(now[2])
    if (shift === undefined || shift > furthest) return undefined
    return { type: 'now', shift: now[1] === '-' ? -shift : shift }
  }
  if (/^\d{10,20}$/.test(text)) {
    const time = parseTime(text)
    return time && { type: 'instant', at: time.ns }
  }
  return readCivil(text)
}

/** Ten thousand years: what is further away is a slip. */
const furthest = 10_000n * 365n * 86_400_000_000_000n

function readCivil(text: string): WrittenTime | undefined {
  const found = civil.exec(text)
  if (!found) return undefined
  const numbers = found.slice(1, 7).flatMap(part => (part === undefined ? [] : [Number(part)]))
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers
  const date = new Date(Date.UTC(2000, 0, 1))
  date.setUTCFullYear(year!, month - 1, day)
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (year! < 1 || !isDate || hour > 23 || minute > 59 || second > 59) return undefined
  const zone = found[8]
  const offset = zone === undefined ? {} : { offset: zoneSeconds(zone) }
  return { type: 'civil', numbers, fraction: found[7] ?? '', ...offset }
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60
  return zone.startsWith('-') ? -size : size
}

/** The stretch of time that was meant. */
export function resolveTime(time: WrittenTime, clock: Clock): Stretch {
  if (time.type === 'instant') return { from: time.at, to: time.at + 1n }
  if (time.type === 'now') return { from: clock.now + time.shift, to: clock.now + time.shift + 1n }
  if (time.type === 'day') {
    const { year, month, day } = localDay(clock)
    const place = (days: number) =>
      civilToInstant({ year, month, day: day + time.days + days, ...midnight }, clock.zone)
    return { from: place(0), to: place(1) }
  }
  const { numbers, fraction, offset } = time
  const from = instantOf(numbers, 0, clock.zone, offset)
  if (fraction === '') return { from, to: instantOf(numbers, 1, clock.zone, offset) }
  const unit = 10n ** BigInt(9 - fraction.length)
  const start = from + BigInt(fraction) * unit
  return { from: start, to: start + unit }
}

const midnight = { hour: 0, minute: 0, second: 0 }

/** The last of the given numbers is moved on by `more`: the next day, the next minute. */
function instantOf(numbers: readonly number[], more: number, zone: string, offset: number | undefined): Nanoseconds {
  const moved = numbers.map((number, i) => (i === numbers.length - 1 ? number + more : number))
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = moved
  const written: Civil = { year, month, day, hour, minute, second }
  return civilToInstant(written, zone, offset)
}
