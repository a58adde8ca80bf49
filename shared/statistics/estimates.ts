import { countsOf, meanEstimate } from './compare-means.ts'
import { leastFor, percentileEstimate } from './compare-percentiles.ts'
import { shareSide } from './compare-shares.ts'
import { lackOf, type Options, type Side } from './finding.ts'
import { isFiniteEstimate, type Estimate } from './interval.ts'
import { seededRandom } from './random.ts'
import { knownOf, withoutOf, type Sample } from './sample.ts'

export type Quantity = 'share' | 'mean' | { readonly percentile: number }

/** What one version shows of one metric; without an estimate where so few calls tell nothing. */
export function estimateSide(sample: Sample, quantity: Quantity, { level = 0.95, seed = 1 }: Options = {}): Side {
  if (quantity === 'share') {
    const side = shareSide(sample, level)
    const { estimate, ...counts } = side
    return estimate && !lackOf([side]) ? side : counts
  }
  const known = knownOf(quantity === 'mean' ? sample : withoutOf(sample))
  const counts = countsOf(known)
  const least = quantity === 'mean' ? undefined : leastFor(quantity.percentile)
  if (lackOf([counts], least)) return counts
  const random = seededRandom(seed)
  const estimate: Estimate =
    quantity === 'mean'
      ? meanEstimate(known, level, random)
      : percentileEstimate(known, quantity.percentile, level, random)
  return isFiniteEstimate(estimate) ? { ...counts, estimate } : counts
}
