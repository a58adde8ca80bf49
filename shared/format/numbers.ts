// Numbers for a reader: short, aligned by tabular figures, unknown as a dash. Exact values belong in a tooltip.

import type { NanoDollars } from '../domain/units.ts'

export const unknown = '—'

let grouped: Intl.NumberFormat | undefined

/** Made with the first number: the tables of languages take 12 ms to load, and most processes print none. */
function inGroups(n: number): string {
  grouped ??= new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
  return grouped.format(n)
}

/** 12,204. Every digit, in groups of three. */
export function formatCount(n: number | undefined): string {
  return known(n) ? inGroups(n) : unknown
}

/** 940 · 1.2k · 18.2k · 204k · 1.3M. At most four characters and a unit. */
export function formatTokens(n: number | undefined): string {
  if (!known(n)) return unknown
  if (Math.abs(n) < 999.5) return String(Math.round(n))
  let scaled = n
  for (const unit of ['k', 'M', 'G', 'T']) {
    scaled /= 1000
    if (Math.abs(scaled) < 99.95) return `${scaled.toFixed(1)}${unit}`
    if (Math.abs(scaled) < 999.5) return `${Math.round(scaled)}${unit}`
  }
  return `${Math.round(scaled)}T`
}

/** $0.0042 · $0.064 · $1.20 · $1,204. Two significant figures below a cent: the first calls of a day cost that little. */
export function formatMoney(cost: NanoDollars | undefined): string {
  if (!known(cost)) return unknown
  const dollars = cost / 1e9
  const size = Math.abs(dollars)
  const sign = dollars < 0 ? '-' : ''
  if (size === 0) return '$0'
  if (size < 1e-6) return `${sign}<$0.000001`
  if (size >= 999.995) return `${sign}$${inGroups(size)}`
  if (size >= 0.9995) return `${sign}$${size.toFixed(2)}`
  if (size >= 0.0995) return `${sign}$${size.toFixed(3)}`
  const places = 1 - Math.floor(Math.log10(size))
  return `${sign}$${size.toFixed(Math.min(places, 7))}`
}

/** -$0.19 of `-0.19`: every digit there is. */
export function formatDollars(digits: string): string {
  return digits.startsWith('-') ? `-$${digits.slice(1)}` : `$${digits}`
}

/** All digits of a sum; unknown where none of its calls has a cost. */
export function formatDigits(dollars: string, unpriced: number, calls: number): string {
  return calls > 0 && unpriced >= calls ? unknown : formatDollars(dollars)
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB']

/** 512 B · 1.9 GB, in powers of ten like the system's own file lists. */
export function formatBytes(bytes: number | undefined): string {
  if (!known(bytes)) return unknown
  let scaled = bytes
  let unit = 0
  while (Math.abs(scaled) >= 999.5 && unit < byteUnits.length - 1) {
    scaled /= 1000
    unit += 1
  }
  const digits = unit === 0 || Math.abs(scaled) >= 99.95 ? 0 : 1
  return `${scaled.toFixed(digits)} ${byteUnits[unit]}`
}

/** 41% · <1% · 100% only when it is all. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0)) return unknown
  const percent = (part / whole) * 100
  if (percent > 0 && percent < 1) return '<1%'
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100}%`
}

/** +12% · −40%; of what is new or gone, a word. Empty where neither is known. */
export function formatChange(now: number, before: number): string {
  const [has, had] = [now > 0, before > 0]
  if (!has && !had) return ''
  if (!had) return 'new'
  if (!has) return 'gone'
  const percent = Math.round((now / before - 1) * 100)
  return percent === 0 ? '±0%' : `${percent > 0 ? '+' : '−'}${formatCount(Math.abs(percent))}%`
}

/** 1 span · 12,204 spans. */
export function formatPlural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`
}

function known(n: number | undefined): n is number {
  return n !== undefined && Number.isFinite(n)
}
