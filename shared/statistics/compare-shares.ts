import { fisherTest } from './exact-tests.ts'
import { lackOf, type Finding, type Options, type Side } from './finding.ts'
import { normalQuantile } from './normal.ts'
import { detectableShareDifference } from './power.ts'
import { knownOf, withoutOf, type Known, type Sample } from './sample.ts'
import { newcombeDifference, twoProportionTest, wilsonInterval, type Share } from './shares.ts'
import { effectiveSize } from './units.ts'

/** Are ones as frequent in b as in a? Values are 0 or 1; anything else is unknown. */
export function compareShares(a: Sample, b: Sample, { level = 0.95 }: Options = {}): Finding {
  const [knownA, knownB] = [knownShares(a), knownShares(b)]
  const worth = [effectiveSize(knownA) / knownA.values.length, effectiveSize(knownB) / knownB.values.length]
  const surely = worth.filter(part => part > 0)
  // All or none of one version hit: its calls resemble each other as much as those of the other; of neither, altogether.
  const weakest = surely.length > 0 ? Math.min(...surely) : Math.min(leastWorth(knownA), leastWorth(knownB))
  const [shareA, shareB] = [shareOf(knownA, worth[0]! || weakest), shareOf(knownB, worth[1]! || weakest)]
  const sides = { a: sideOf(knownA, shareA, level), b: sideOf(knownB, shareB, level) }
  const lack = lackOf([sides.a, sides.b])
  if (lack) return { ...sides, lack }
  const isSmall = smallestExpected(shareA, shareB) < 5
  return {
    ...sides,
    difference: newcombeDifference(shareA, shareB, level),
    ...ratioOf(shareA, shareB, level),
    test: isSmall ? 'Fisher exact' : 'two proportions',
    p: isSmall ? fisher(shareA, shareB) : twoProportionTest(shareA, shareB),
    detectable: detectableShareDifference(shareA, shareB, level),
  }
}

/** What one version shows by itself. */
export function shareSide(sample: Sample, level: number): Side {
  const known = knownShares(sample)
  const worth = effectiveSize(known) / known.values.length
  return sideOf(known, shareOf(known, worth > 0 ? worth : leastWorth(known)), level)
}

/** Katz's interval, on the logarithm. None where one has no hits. */
function ratioOf(a: Share, b: Share, level: number): Pick<Finding, 'ratio'> {
  if (!(a.hits > 0 && b.hits > 0)) return {}
  const value = b.hits / b.n / (a.hits / a.n)
  const error = Math.sqrt(1 / a.hits - 1 / a.n + 1 / b.hits - 1 / b.n)
  const factor = Math.exp(normalQuantile((1 + level) / 2) * error)
  return { ratio: { value, interval: { low: value / factor, high: value * factor } } }
}

function knownShares(sample: Sample): Known {
  return knownOf(withoutOf(sample), x => x === 0 || x === 1)
}

function shareOf({ values }: Known, worth: number): Share {
  let hits = 0
  for (const value of values) hits += value
  return { hits: hits * worth, n: values.length * worth }
}

function sideOf({ values, clusters, unknown }: Known, share: Share, level: number): Side {
  return {
    calls: values.length,
    unknown,
    ...(clusters && { clusters: clusters.count }),
    ...(values.length > 0 && { estimate: { value: share.hits / share.n, interval: wilsonInterval(share, level) } }),
  }
}

/** Where the calls of a cluster all say the same: as many as there are clusters. */
function leastWorth({ values, clusters }: Known): number {
  return clusters && values.length > 0 ? clusters.count / values.length : 1
}

/** The smallest of the four counts that one common share would give: below 5 the normal tail is not to be trusted. */
function smallestExpected(a: Share, b: Share): number {
  const hits = a.hits + b.hits
  const misses = a.n + b.n - hits
  return (Math.min(hits, misses) * Math.min(a.n, b.n)) / (a.n + b.n)
}

/** Of whole counts. */
function fisher(a: Share, b: Share): number {
  const [nA, nB] = [Math.round(a.n), Math.round(b.n)]
  return fisherTest(Math.min(nA, Math.round(a.hits)), nA, Math.min(nB, Math.round(b.hits)), nB)
}
