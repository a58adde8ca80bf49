import type { Nanoseconds } from '../domain/units.ts'

// Calendar and clock of a time zone, by the tables that `Intl` has.

/** Numbers past their range roll over: day 32 is the first of the next month. */
export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Building one takes 30 µs, asking it one. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** What a clock in the zone shows. Throws a RangeError for a zone that nobody knows. */
function readClock(milliseconds: number, zone: string): Civil {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(zone).formatToParts(milliseconds)) parts[type] = value
  const year = Number(parts['year'])
  return {
    year: parts['era'] === 'BC' ? 1 - year : year,
    month: Number(parts['month']),
    day: Number(parts['day']),
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
    second: Number(parts['second']),
  }
}

export function localDay({ now, zone }: { readonly now: Nanoseconds; readonly zone: string }): Civil {
  return readClock(Number(now / 1_000_000n), zone)
}

/** How far the zone is ahead of UTC at that time, in milliseconds. */
export function aheadAt(milliseconds: number, zone: string): number {
  const whole = Math.floor(milliseconds / 1000) * 1000
  return asIfUtc(readClock(whole, zone)) - whole
}

function asIfUtc({ year, month, day, hour, minute, second }: Civil): number {
  const date = new Date(0)
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return date.setUTCHours(hour, minute, second)
}

const day = 86_400_000

/**
 * When the zone's clock shows this. Of an hour that comes twice the first; for one that is skipped, the moment of the
 * change. `offset`, seconds, stands for a zone that was written out.
 */
export function civilToInstant(civil: Civil, zone: string, offset?: number): Nanoseconds {
  const local = asIfUtc(civil)
  if (offset !== undefined) return toNano(local - offset * 1000)
  const before = aheadAt(local - day, zone)
  const after = aheadAt(local + day, zone)
  const first = local - Math.max(before, after)
  const second = local - Math.min(before, after)
  if (first + aheadAt(first, zone) === local) return toNano(first)
  if (second + aheadAt(second, zone) === local) return toNano(second)
  return toNano(changeBetween(first - day, second + day, zone))
}

/** The second at which the zone's clock was moved. */
function changeBetween(from: number, to: number, zone: string): number {
  let [low, high] = [Math.floor(from / 1000) * 1000, to]
  const ahead = aheadAt(high, zone)
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (aheadAt(middle, zone) === ahead) high = middle
    else low = middle
  }
  return high
}

function toNano(milliseconds: number): Nanoseconds {
  return BigInt(milliseconds) * 1_000_000n
}
