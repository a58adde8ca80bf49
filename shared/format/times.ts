// Lengths and points of time for a reader. Points are in the reader's own zone unless one is named.

import type { Microseconds, NanosecondText } from '../domain/units.ts'
import { unknown } from './numbers.ts'

/** 0 · 850 µs · 4.2 ms · 410 ms · 2.31 s · 12.8 s · 3m 04s · 2h 05m · 3d 4h. Three figures, never more than two units. */
export function formatDuration(us: Microseconds | undefined): string {
  if (us === undefined || !Number.isFinite(us)) return unknown
  if (us < 0) return `-${formatDuration(-us)}`
  if (us === 0) return '0'
  if (us < 1) return `${Math.round(us * 1000)} ns`
  if (us < 999.5) return `${us < 9.95 ? trim(us, 1) : Math.round(us)} µs`
  const ms = us / 1000
  if (ms < 999.5) return `${ms < 99.95 ? trim(ms, 1) : Math.round(ms)} ms`
  const s = ms / 1000
  if (s < 9.995) return `${s.toFixed(2)} s`
  if (s < 59.95) return `${s.toFixed(1)} s`
  const whole = Math.round(s)
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`
  const minutes = Math.round(s / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
  const hours = Math.round(s / 3600)
  return `${Math.floor(hours / 24)}d ${hours % 24}h`
}

/** 14:02:11.204. Takes microseconds, or nanoseconds as text; the zone is the reader's unless one is named. */
export function formatTime(time: Microseconds | NanosecondText | undefined, timeZone?: string): string {
  const date = toDate(time)
  if (!date) return unknown
  return clock(timeZone).format(date)
}

/** 2026-06-03: one form everywhere, sorts as text. */
export function formatDate(time: Microseconds | NanosecondText | undefined, timeZone?: string): string {
  const date = toDate(time)
  if (!date) return unknown
  return calendar(timeZone).format(date)
}

/** 2026-06-03 14:02:11.204 */
export function formatDateTime(time: Microseconds | NanosecondText | undefined, timeZone?: string): string {
  const day = formatDate(time, timeZone)
  return day === unknown ? unknown : `${day} ${formatTime(time, timeZone)}`
}

/** Time left, for progress: "about 40 s", "about 3 min". */
export function formatTimeLeft(seconds: number | undefined): string | undefined {
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined
  if (seconds < 1.5) return 'about 1 s left'
  if (seconds < 90) return `about ${Math.round(seconds)} s left`
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min left`
  return `about ${Math.round(seconds / 3600)} h left`
}

function toDate(time: Microseconds | NanosecondText | undefined): Date | undefined {
  if (time === undefined) return undefined
  const ms = typeof time === 'number' ? Math.floor(time / 1000) : millisecondsOf(time)
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function millisecondsOf(nanoseconds: NanosecondText): number {
  if (!/^-?\d{1,30}$/.test(nanoseconds)) return Number.NaN
  const ns = BigInt(nanoseconds)
  const floor = ns >= 0n ? ns / 1_000_000n : -((-ns + 999_999n) / 1_000_000n)
  return Number(floor)
}

// Intl formatters cost about 30 µs to build and a list asks for one per cell.
const clocks = new Map<string | undefined, Intl.DateTimeFormat>()
const calendars = new Map<string | undefined, Intl.DateTimeFormat>()

function clock(timeZone: string | undefined): Intl.DateTimeFormat {
  let format = clocks.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      timeZone,
    })
    clocks.set(timeZone, format)
  }
  return format
}

function calendar(timeZone: string | undefined): Intl.DateTimeFormat {
  let format = calendars.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone })
    calendars.set(timeZone, format)
  }
  return format
}

/** 4.2, but 4 rather than 4.0. */
function trim(n: number, digits: number): string {
  return n.toFixed(digits).replace(/\.0+$/, '')
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
