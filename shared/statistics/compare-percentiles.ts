import { bootstrapInterval, bootstrapP, spreadOf } from './bootstrap.ts'
import { cliffsDelta, countsOf, resamples, tooLarge } from './compare-means.ts'
import { fewest, lackOf, type Finding, type Options } from './finding.ts'
import { isFiniteEstimate, type Estimate } from './interval.ts'
import { percentileOf, resampledPercentiles, worthAt } from './percentiles.ts'
import { detectableDifference } from './power.ts'
import { seededRandom, type Random } from './random.ts'
import { knownOf, withoutOf, type Known, type Sample } from './sample.ts'

/** Is a percentile of b that of a? 50 is the median. */
export function comparePercentiles(
  a: Sample,
  b: Sample,
  percentile: number,
  { level = 0.95, seed = 1 }: Options = {},
): Finding {
  const random = seededRandom(seed)
  const [knownA, knownB] = [knownOf(withoutOf(a)), knownOf(withoutOf(b))]
  const counts = { a: countsOf(knownA), b: countsOf(knownB) }
  if (!(percentile > 0 && percentile < 100)) return { ...counts, lack: { code: 'no-such-percentile' } }
  const least = leastFor(percentile)
  const lack = lackOf([counts.a, counts.b], least)
  if (lack) return { ...counts, lack }
  const [drawnA, drawnB] = [draw(knownA, percentile, random), draw(knownB, percentile, random)]
  const worth = Math.min(drawnA.worth, drawnB.worth)
  if (worth < least) return { ...counts, lack: { code: 'few-calls', least, has: Math.floor(worth) } }
  const value = drawnB.value - drawnA.value
  const differences = drawnB.replicates.map((x, r) => x - drawnA.replicates[r]!)
  const difference = { value, interval: around(value, bootstrapInterval(differences, undefined, level)) }
  const { error } = spreadOf(differences)
  if (!isFiniteEstimate(difference) || !Number.isFinite(error)) return tooLarge(knownA, knownB)
  return {
    a: { ...counts.a, estimate: estimateOf(drawnA, level) },
    b: { ...counts.b, estimate: estimateOf(drawnB, level) },
    difference,
    ...ratioOf(drawnA, drawnB, level),
    test: 'bootstrap',
    p: bootstrapP(differences, 0),
    effect: cliffsDelta(drawnA.sorted, drawnB.sorted),
    detectable: detectableDifference(error, level),
  }
}

/** Ten calls must lie on the thinner side of a percentile: 20 for a median, 200 for p95, 1,000 for p99. */
export function leastFor(percentile: number): number {
  return Math.ceil((100 * fewest) / Math.min(percentile, 100 - percentile))
}

/** A percentile with its interval. */
export function percentileEstimate(known: Known, percentile: number, level: number, random: Random): Estimate {
  return estimateOf(draw(known, percentile, random), level)
}

interface Drawn {
  readonly sorted: Float64Array
  readonly value: number
  readonly worth: number
  readonly replicates: Float64Array
}

function draw(known: Known, percentile: number, random: Random): Drawn {
  const sorted = known.values.slice().sort()
  const value = percentileOf(sorted, percentile)
  const worth = worthAt(known, value)
  return { sorted, value, worth, replicates: resampledPercentiles(sorted, percentile, worth, resamples, random) }
}

function estimateOf({ value, replicates }: Drawn, level: number): Estimate {
  return { value, interval: around(value, bootstrapInterval(replicates, undefined, level)) }
}

function ratioOf(a: Drawn, b: Drawn, level: number): Pick<Finding, 'ratio'> {
  if (!(a.sorted[0]! > 0 && b.sorted[0]! > 0)) return {}
  const ratios = b.replicates.map((x, r) => x / a.replicates[r]!)
  const value = b.value / a.value
  const ratio = { value, interval: around(value, bootstrapInterval(ratios, undefined, level)) }
  return isFiniteEstimate(ratio) ? { ratio } : {}
}

/** Of few different values an end may miss the estimate by a hair. */
function around(value: number, { low, high }: Estimate['interval']): Estimate['interval'] {
  return { low: Math.min(low, value), high: Math.max(high, value) }
}
