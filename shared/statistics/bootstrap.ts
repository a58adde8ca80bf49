import { studentBeyond, studentQuantile } from './beta.ts'
import type { Interval } from './interval.ts'
import { normalBelow, normalQuantile } from './normal.ts'
import type { Random } from './random.ts'
import type { Units } from './units.ts'
import { momentsOf } from './welch.ts'

/** Means of units drawn again, as often as asked: the clustered bootstrap. */
export function resampledMeans({ sums, sizes }: Units, times: number, random: Random): Float64Array {
  const count = sums.length
  const drawn = new Uint32Array(count)
  const means = new Float64Array(times)
  for (let r = 0; r < times; r++) {
    random.fillBelow(drawn, count)
    let [sum, size] = [0, 0]
    for (let i = 0; i < count; i++) {
      const unit = drawn[i]!
      sum += sums[unit]!
      size += sizes[unit]!
    }
    means[r] = sum / size
  }
  return means
}

/**
 * What resamples of few units are too narrow by: they divide by n where n - 1 is meant, and know the spread no better than
 * Student's t does. Without this, and with BCa as well, 95 % intervals held 89 to 94 % for 10 to 40 units; with it, 93 to 95 %.
 */
export interface Expansion {
  readonly factor: number
  readonly degrees: number
}

/** For a mean, or a difference of two: of what each sample's units add (`pseudoValues`). Hesterberg 2015, Welch's degrees. */
export function expansionOf(...samples: readonly Float64Array[]): Expansion | undefined {
  const parts = samples.map(values => momentsOf(values)).map(({ n, variance }) => ({ n, spread: variance / n }))
  const all = parts.reduce((sum, { spread }) => sum + spread, 0)
  if (!(all > 0 && all < Infinity)) return undefined
  const drawn = parts.reduce((sum, { n, spread }) => sum + (spread * (n - 1)) / n, 0)
  const degrees = 1 / parts.reduce((sum, { n, spread }) => sum + (spread / all) ** 2 / (n - 1), 0)
  return { factor: Math.sqrt(all / drawn), degrees }
}

/** Interval by percentiles of the resamples, expanded where said. */
export function bootstrapInterval(replicates: Float64Array, expansion?: Expansion, level = 0.95): Interval {
  const sorted = replicates.slice().sort()
  const beyond = expansion
    ? normalBelow(-expansion.factor * studentQuantile((1 + level) / 2, expansion.degrees))
    : (1 - level) / 2
  const end = (share: number) => {
    // Between the order statistics, so that turning the sign mirrors the interval.
    const at = Math.min(sorted.length - 1, Math.max(0, share * (sorted.length + 1) - 1))
    const low = sorted[Math.floor(at)]!
    return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
  }
  return { low: end(beyond), high: end(1 - beyond) }
}

/**
 * Two-sided p that the true number is `at`: 1 less the level at which the interval just reaches there. Where no resample
 * comes so far the bell goes on, which the correction for many metrics (`holm`) needs.
 */
export function bootstrapP(replicates: Float64Array, at: number, expansion?: Expansion): number {
  let below = 0
  for (const replicate of replicates) below += replicate < at ? 1 : replicate === at ? 0.5 : 0
  const share = (below + 0.5) / (replicates.length + 1)
  const { mean, error } = spreadOf(replicates)
  const isPast = below === 0 || below === replicates.length
  if (isPast && !(error > 0)) return Number.MIN_VALUE
  const counted = Math.abs(normalQuantile(share))
  const z = isPast ? Math.max(counted, Math.abs(mean - at) / error) : counted
  const p = expansion ? studentBeyond(z / expansion.factor, expansion.degrees) : 2 * normalBelow(-z)
  return Math.min(1, Math.max(Number.MIN_VALUE, p))
}

/** Mean of the resamples, and their spread: the standard error of the estimate. */
export function spreadOf(replicates: Float64Array): { readonly mean: number; readonly error: number } {
  const { mean, variance } = momentsOf(replicates)
  return { mean, error: Math.sqrt(variance) }
}
