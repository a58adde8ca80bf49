import { bootstrapInterval, bootstrapP, expansionOf, resampledMeans, spreadOf, type Expansion } from './bootstrap.ts'
import { lackOf, type Finding, type Options, type Side, type Test } from './finding.ts'
import { isFiniteEstimate, type Estimate } from './interval.ts'
import { permutationTest, signFlipTest } from './permutation.ts'
import { detectableDifference } from './power.ts'
import { seededRandom, type Random } from './random.ts'
import { pairsWon } from './ranks.ts'
import { knownOf, type Known, type Sample } from './sample.ts'
import { dealt, meanOf, pseudoValues, unitsOf, type Units } from './units.ts'

/** Up to so many units of both versions the permutation test decides: exact in size where a bootstrap is a little bold. */
const mostPermuted = 200
/** An end of a 95 % interval is then off by a twentieth of a standard error. */
export const resamples = 4000

/** Is the mean (with `of`: the share of the sums) of b that of a? Makes no assumption about the shape: costs have tails. */
export function compareMeans(a: Sample, b: Sample, { level = 0.95, seed = 1 }: Options = {}): Finding {
  const random = seededRandom(seed)
  const [knownA, knownB] = [inOrder(knownOf(a)), inOrder(knownOf(b))]
  const lack = lackOf([countsOf(knownA), countsOf(knownB)])
  if (lack) return { a: countsOf(knownA), b: countsOf(knownB), lack }
  const [drawnA, drawnB] = [draw(knownA, random), draw(knownB, random)]
  const sides = {
    a: { ...countsOf(knownA), estimate: estimateOf(drawnA, level) },
    b: { ...countsOf(knownB), estimate: estimateOf(drawnB, level) },
  }
  const value = drawnB.mean - drawnA.mean
  const differences = drawnB.replicates.map((mean, r) => mean - drawnA.replicates[r]!)
  const expansion = expansionOf(drawnA.adds, drawnB.adds)
  const difference = { value, interval: bootstrapInterval(differences, expansion, level) }
  const isSmall = drawnA.units.sums.length + drawnB.units.sums.length <= mostPermuted
  const p = isSmall ? permutationTest(drawnA.adds, drawnB.adds, random).p : bootstrapP(differences, 0, expansion)
  const { error } = spreadOf(differences)
  if (!isFiniteEstimate(difference) || !Number.isFinite(error) || Number.isNaN(p)) return tooLarge(knownA, knownB)
  const ratio = ratioOf(drawnA, drawnB, expansion, level)
  return {
    ...sides,
    difference,
    ...(ratio && isFiniteEstimate(ratio) && { ratio }),
    test: isSmall ? 'permutation' : 'bootstrap',
    p,
    ...(!knownA.of &&
      !knownB.of && { effect: cliffsDelta(knownA.values.slice().sort(), knownB.values.slice().sort()) }),
    detectable: detectableDifference(error, level),
  }
}

/** From -1, all of b below all of a, to 1. Of sorted values. */
export function cliffsDelta(a: Float64Array, b: Float64Array): number {
  return (2 * pairsWon(a, b).won) / (a.length * b.length) - 1
}

/** The mean of what pairs differ by. */
export function meanDifference(known: Known, level: number, random: Random): MeanDifference {
  const drawn = draw(inOrder(known), random)
  const isSmall = drawn.units.sums.length <= mostPermuted
  return {
    difference: estimateOf(drawn, level),
    test: isSmall ? 'sign flip' : 'bootstrap',
    // Of a cluster all signs turn at once.
    p: isSmall ? signFlipTest(drawn.units.sums, random).p : bootstrapP(drawn.replicates, 0, expansionOf(drawn.adds)),
    detectable: detectableDifference(spreadOf(drawn.replicates).error, level),
  }
}

export interface MeanDifference {
  readonly difference: Estimate
  readonly test: Test
  readonly p: number
  readonly detectable: number
}

/** A mean with its interval. */
export function meanEstimate(known: Known, level: number, random: Random): Estimate {
  return estimateOf(draw(inOrder(known), random), level)
}

export function countsOf({ values, clusters, unknown }: Known): Side {
  return { calls: values.length, unknown, ...(clusters && { clusters: clusters.count }) }
}

export function tooLarge(a: Known, b: Known): Finding {
  return { a: countsOf(a), b: countsOf(b), lack: { code: 'too-large' } }
}

interface Drawn {
  readonly units: Units
  readonly mean: number
  readonly replicates: Float64Array
  /** What each unit adds (`pseudoValues`). */
  readonly adds: Float64Array
}

function draw(known: Known, random: Random): Drawn {
  const units = dealt(unitsOf(known), random)
  return {
    units,
    mean: meanOf(units),
    replicates: resampledMeans(units, resamples, random),
    adds: pseudoValues(units),
  }
}

function estimateOf({ mean, replicates, adds }: Drawn, level: number): Estimate {
  return { value: mean, interval: bootstrapInterval(replicates, expansionOf(adds), level) }
}

function ratioOf(a: Drawn, b: Drawn, expansion: Expansion | undefined, level: number): Estimate | undefined {
  if (!(a.mean > 0 && b.mean > 0) || a.replicates.some(mean => !(mean > 0))) return undefined
  const ratios = b.replicates.map((mean, r) => mean / a.replicates[r]!)
  return { value: b.mean / a.mean, interval: bootstrapInterval(ratios, expansion, level) }
}

/** Values that stand for themselves, sorted: the order of rows must not change an interval. */
function inOrder(known: Known): Known {
  return known.clusters || known.of ? known : { ...known, values: known.values.slice().sort() }
}
