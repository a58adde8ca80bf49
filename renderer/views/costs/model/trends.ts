import type { Answer } from './row-tree.ts'

/** Rows of which trends are asked for: of more the engine would work on nothing else. */
export const mostTrends = 1000

/** What rows cost in equal stretches of time, one after another, by the key of the row as JSON. */
export interface Trends {
  readonly unit: TrendUnit
  readonly bins: number
  /** When the first begins and the last ends, in milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly rows: ReadonlyMap<string, Float64Array>
}

const mostBins = 24
const lengths = { hour: 3_600_000, day: 86_400_000 } as const
export type TrendUnit = keyof typeof lengths

/** Milliseconds since 1970 at which a bucket begins: `2026-11-03`, `2026-11-03T14+01:00`. */
function timeOf(label: unknown): number {
  const text = String(label)
  return Date.parse(text.includes('T') ? text.replace(/T(\d\d)/, 'T$1:00') : text)
}

/** The buckets of an answer by time, in stretches; within those of another, where they are to be compared. */
export function trendsOf({ keys, values }: Answer, unit: TrendUnit, like?: Trends): Trends | undefined {
  const times = keys.map(key => timeOf(key.at(-1)))
  const dated = times.filter(time => !Number.isNaN(time))
  if (dated.length === 0) return undefined
  const from = like?.from ?? dated.reduce((least, time) => Math.min(least, time))
  const to = like?.to ?? dated.reduce((most, time) => Math.max(most, time)) + lengths[unit]
  const bins = like?.bins ?? Math.max(1, Math.min(mostBins, Math.round((to - from) / lengths[unit])))
  const rows = new Map<string, Float64Array>()
  for (const [k, key] of keys.entries()) {
    const [time, value] = [times[k]!, values[k]!]
    if (Number.isNaN(time) || !(value > 0)) continue
    const id = JSON.stringify(key.slice(0, -1))
    let row = rows.get(id)
    if (!row) rows.set(id, (row = new Float64Array(bins)))
    row[Math.max(0, Math.min(bins - 1, Math.floor(((time - from) / (to - from)) * bins)))]! += value
  }
  return { unit, bins, from, to, rows }
}

/** How many different buckets there are. */
export function bucketsIn({ keys }: Answer): number {
  return new Set(keys.map(key => key.at(-1))).size
}
