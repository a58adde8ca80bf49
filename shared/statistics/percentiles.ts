import { betaDraw, type Random } from './random.ts'
import type { Known } from './sample.ts'
import { effectiveSize } from './units.ts'

/** Place of a percentile by nearest rank, as tables and charts have it: a value that some call really has. */
export function percentileRank(count: number, percentile: number): number {
  return Math.max(1, Math.ceil((count * percentile) / 100))
}

export function percentileOf(sorted: Float64Array, percentile: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[percentileRank(sorted.length, percentile) - 1]!
}

/**
 * A percentile of values drawn again, without drawing them: the r-th of n random places is a Beta(r, n - r + 1) number,
 * exactly. So 10,000 resamples cost as much for 50,000 calls as for 50. Where calls come in clusters, n is what they are
 * worth at this percentile (Woodruff's interval).
 */
export function resampledPercentiles(
  sorted: Float64Array,
  percentile: number,
  worth: number,
  times: number,
  random: Random,
): Float64Array {
  const n = sorted.length
  const rank = percentileRank(n, percentile)
  const part = worth / n
  return Float64Array.from({ length: times }, () => {
    const place = betaDraw(rank * part, (n - rank + 1) * part, random)
    return sorted[Math.min(n - 1, Math.floor(place * n))]!
  })
}

/** Of how many independent calls these tell as much as about who lies below a value. */
export function worthAt(known: Known, value: number): number {
  if (!known.clusters) return known.values.length
  const worth = effectiveSize({ ...known, values: known.values.map(x => (x <= value ? 1 : 0)) })
  // All below: as if each cluster said one thing.
  return Number.isNaN(worth) ? Math.min(known.values.length, known.clusters.count) : worth
}
