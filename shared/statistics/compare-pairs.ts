import { bootstrapInterval, bootstrapP, spreadOf } from './bootstrap.ts'
import { countsOf, meanDifference, meanEstimate, resamples, tooLarge } from './compare-means.ts'
import { leastFor, percentileEstimate } from './compare-percentiles.ts'
import { mcNemarTest } from './exact-tests.ts'
import { fewest, lackOf, type Finding, type Options } from './finding.ts'
import { isFiniteEstimate, type Estimate } from './interval.ts'
import { percentileOf, resampledPercentiles, worthAt } from './percentiles.ts'
import { detectableDifference } from './power.ts'
import { seededRandom, type Random } from './random.ts'
import { wilcoxonTest } from './rank-tests.ts'
import { knownOf, type Known } from './sample.ts'
import { newcombePairedDifference, wilsonInterval } from './shares.ts'

/** What both versions made of the same inputs, input by input. A pair of which one is unknown is unknown. */
export interface Pairs {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  readonly clusters?: ArrayLike<number>
}

interface KnownPairs {
  readonly a: Known
  readonly b: Known
  /** b - a. */
  readonly differences: Known
}

/** Equal inputs answer more surely than different ones: what they have in common falls out. */
export function comparePairs(
  pairs: Pairs,
  quantity: 'share' | 'mean' | 'median',
  { level = 0.95, seed = 1 }: Options = {},
): Finding {
  const random = seededRandom(seed)
  const known = knownPairs(pairs, quantity === 'share')
  const counts = countsOf(known.differences)
  const lack = lackOf([counts], quantity === 'median' ? leastFor(50) : fewest)
  if (lack) return { a: counts, b: counts, lack }
  if (quantity === 'share' && !known.differences.clusters) return pairedShares(known, level)
  const found = quantity === 'median' ? medians(known, level, random) : means(known, level, random)
  const numbers = [found.difference, found.a.estimate, found.b.estimate]
  const isFine = numbers.every(isFiniteEstimate) && Number.isFinite(found.detectable) && !Number.isNaN(found.p)
  return isFine ? { ...found, effect: wilcoxonTest(known.differences.values).effect } : tooLarge(known.a, known.b)
}

function pairedShares({ a, b }: KnownPairs, level: number): Finding {
  const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
  for (let i = 0; i < a.values.length; i++) {
    const [inA, inB] = [a.values[i] === 1, b.values[i] === 1]
    counts[inA ? (inB ? 'both' : 'onlyA') : inB ? 'onlyB' : 'neither']++
  }
  const { both, onlyA, onlyB } = counts
  const n = a.values.length
  const side = (hits: number) => ({
    ...countsOf(a),
    estimate: { value: hits / n, interval: wilsonInterval({ hits, n }, level) },
  })
  return {
    a: side(both + onlyA),
    b: side(both + onlyB),
    difference: newcombePairedDifference(counts, level),
    test: 'McNemar exact',
    p: mcNemarTest(onlyA, onlyB),
    effect: onlyA + onlyB > 0 ? (onlyB - onlyA) / (onlyA + onlyB) : 0,
    // One more pair of each kind: where none differ the next may.
    detectable: Math.min(1, detectableDifference(Math.sqrt(onlyA + onlyB + 2) / (n + 2), level)),
  }
}

function means({ a, b, differences }: KnownPairs, level: number, random: Random) {
  return {
    a: { ...countsOf(a), estimate: meanEstimate(a, level, random) },
    b: { ...countsOf(b), estimate: meanEstimate(b, level, random) },
    ...meanDifference(differences, level, random),
  }
}

/** The median of what pairs differ by; that is not what the medians differ by. */
function medians({ a, b, differences }: KnownPairs, level: number, random: Random) {
  const sorted = differences.values.slice().sort()
  const value = percentileOf(sorted, 50)
  const replicates = resampledPercentiles(sorted, 50, worthAt(differences, value), resamples, random)
  const difference: Estimate = { value, interval: bootstrapInterval(replicates, undefined, level) }
  const isClustered = differences.clusters !== undefined
  return {
    a: { ...countsOf(a), estimate: percentileEstimate(a, 50, level, random) },
    b: { ...countsOf(b), estimate: percentileEstimate(b, 50, level, random) },
    difference,
    test: isClustered ? ('bootstrap' as const) : ('Wilcoxon signed rank' as const),
    p: isClustered ? bootstrapP(replicates, 0) : wilcoxonTest(differences.values).p,
    detectable: detectableDifference(spreadOf(replicates).error, level),
  }
}

function knownPairs({ a, b, clusters }: Pairs, isShare: boolean): KnownPairs {
  const isKnown = (x: number | undefined) => Number.isFinite(x) && (!isShare || x === 0 || x === 1)
  const length = Math.max(a.length, b.length)
  const at = Uint32Array.from({ length }, (_, i) => i).filter(
    i => isKnown(a[i]) && isKnown(b[i]) && Number.isFinite(b[i]! - a[i]!),
  )
  const unknown = length - at.length
  const differences = knownOf({
    values: Float64Array.from(at, i => b[i]! - a[i]!),
    ...(clusters && { clusters: Float64Array.from(at, i => clusters[i] ?? Number.NaN) }),
  })
  const side = (values: ArrayLike<number>): Known => ({
    values: Float64Array.from(at, i => values[i]!),
    ...(differences.clusters && { clusters: differences.clusters }),
    unknown,
  })
  return { a: side(a), b: side(b), differences: { ...differences, unknown } }
}
