import type { Tick } from './picture.ts'

type Print = (value: number) => string

/** At 1, 2 or 5 and zeros. */
export function evenTicks(from: number, to: number, most: number, print: Print, steps = decimalSteps): Tick[] {
  const least = (to - from) / Math.max(1, most)
  const step = steps(least)
  if (!(step > 0) || !Number.isFinite(step)) return []
  const ticks: Tick[] = []
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
    // No minus before a zero.
    const at = k * step + 0
    ticks.push({ at, text: print(at) })
  }
  return ticks
}

export function decimalSteps(least: number): number {
  if (!(least > 0)) return 0
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find(step => step * power >= least) ?? 10) * power
}

/** Counts have no fractions. */
export function wholeSteps(least: number): number {
  return Math.max(1, decimalSteps(least))
}

const minute = 60e6
const lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]

/** Of microseconds: as clocks are divided. */
export function clockSteps(least: number): number {
  return least < minute / 60
    ? decimalSteps(least)
    : (lengths.find(s => s * 1e6 >= least) ?? 0) * 1e6 || decimalSteps(least)
}

/** Logarithms: at powers of ten, and between them where there is room. */
export function logTicks(from: number, to: number, most: number, print: Print): Tick[] {
  const within = (factors: readonly number[], stride: number) => {
    const ticks: Tick[] = []
    for (let power = Math.floor(from); power <= to; power++) {
      if (power % stride !== 0) continue
      for (const factor of factors) {
        const at = power + Math.log10(factor)
        if (at >= from - 1e-9 && at <= to + 1e-9) ticks.push({ at, text: print(factor * 10 ** power) })
      }
    }
    return ticks
  }
  const offers = [within([1, 2, 5], 1), within([1], 1), within([1], 2), within([1], 3), within([1], 5)]
  return offers.find(ticks => ticks.length <= most) ?? []
}

const hour = 3_600_000
const day = 24 * hour
/** 1970 began on a Thursday. */
const toMonday = 3

type Numbering = (date: Date) => number
const localTime = (date: Date) => date.getTime() - date.getTimezoneOffset() * 60_000
const hours: Numbering = date => Math.floor(localTime(date) / hour)
const days: Numbering = date => Math.floor(localTime(date) / day)
const weeks: Numbering = date => Math.floor((localTime(date) / day + toMonday) / 7)
const months: Numbering = date => date.getFullYear() * 12 + date.getMonth()
const years: Numbering = date => date.getFullYear()

const rounds: readonly (readonly [Numbering, number])[] = [
  ...[1, 2, 3, 6, 12].map(n => [hours, n] as const),
  ...[1, 2].map(n => [days, n] as const),
  ...[1, 2].map(n => [weeks, n] as const),
  ...[1, 2, 3, 6].map(n => [months, n] as const),
  ...[1, 2, 5, 10, 20, 50, 100].map(n => [years, n] as const),
]

/** Among the beginnings of buckets, milliseconds, those where an hour, a day, a month that is easy to read begins. */
export function timeTicks(starts: Float64Array, most: number): Tick[] {
  for (const [number, every] of rounds) {
    const ticks: Tick[] = []
    let before: number | undefined
    for (let i = 0; i < starts.length && ticks.length <= most; i++) {
      const own = Math.floor(number(new Date(starts[i]!)) / every)
      before ??= Math.floor(number(new Date(starts[i]! - 1)) / every)
      if (own !== before) ticks.push({ at: starts[i]!, text: textOf(new Date(starts[i]!), number) })
      before = own
    }
    if (ticks.length <= most) return ticks
  }
  return []
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function textOf(date: Date, number: Numbering): string {
  const month = names[date.getMonth()]!
  if (number === years) return String(date.getFullYear())
  if (number === months) return date.getMonth() === 0 ? String(date.getFullYear()) : month
  if (number === hours && date.getHours() !== 0) return `${String(date.getHours()).padStart(2, '0')}:00`
  return `${month} ${date.getDate()}`
}
