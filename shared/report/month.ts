/** A month of the calendar, `2026-11`. */
export type Month = string

export function isMonth(written: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(written) && !written.startsWith('0000')
}

export function monthBefore(month: Month): Month {
  const [year, number] = partsOf(month)
  const before = number === 1 ? [year - 1, 12] : [year, number - 1]
  return `${String(before[0]).padStart(4, '0')}-${String(before[1]).padStart(2, '0')}`
}

/** The month of a moment by a zone's clock. */
export function monthAt(milliseconds: number, zone: string): Month {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' })
  return parts.format(milliseconds).slice(0, 7)
}

const names = 'January February March April May June July August September October November December'.split(' ')

/** `November 2026`. */
export function nameOfMonth(month: Month): string {
  const [year, number] = partsOf(month)
  return `${names[number - 1]} ${year}`
}

/** What calls of the month match. */
export function clauseOfMonth(month: Month): string {
  return `started:${month}`
}

/** `2026-11-01` to `2026-11-30`. */
export function namesOfDays(month: Month): string[] {
  const [year, number] = partsOf(month)
  const last = new Date(Date.UTC(2000, number, 0))
  last.setUTCFullYear(year, number, 0)
  return Array.from({ length: last.getUTCDate() }, (_, d) => `${month}-${String(d + 1).padStart(2, '0')}`)
}

function partsOf(month: Month): [year: number, month: number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))]
}
