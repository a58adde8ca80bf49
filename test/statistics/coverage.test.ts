import { expect, test } from 'vitest'
import { bootstrapInterval, expansionOf, resampledMeans } from '../../shared/statistics/bootstrap.ts'
import { compareShares } from '../../shared/statistics/compare-shares.ts'
import { fisherTest } from '../../shared/statistics/exact-tests.ts'
import type { Finding } from '../../shared/statistics/finding.ts'
import type { Interval } from '../../shared/statistics/interval.ts'
import { percentileOf, resampledPercentiles, worthAt } from '../../shared/statistics/percentiles.ts'
import { permutationTest } from '../../shared/statistics/permutation.ts'
import { seededRandom, type Random } from '../../shared/statistics/random.ts'
import { mannWhitneyTest } from '../../shared/statistics/rank-tests.ts'
import { knownOf } from '../../shared/statistics/sample.ts'
import { newcombeDifference, newcombePairedDifference, wilsonInterval } from '../../shared/statistics/shares.ts'
import { pseudoValues, unitsOf, type Units } from '../../shared/statistics/units.ts'
import { momentsOf, welchTest } from '../../shared/statistics/welch.ts'
import { sampler } from './samples.ts'

// 95 % intervals hold the true number in 93 to 97 % of cases; p is below 5 % in 5 % of cases without a difference.
// Simulated from fixed seeds, or where results can be counted out, counted out.

const holds = ({ low, high }: Interval, truth: number) => low <= truth && truth <= high

function checkCoverage(times: number, once: (run: number) => boolean): void {
  let held = 0
  for (let run = 0; run < times; run++) if (once(run)) held++
  expect(held / times).toBeGreaterThanOrEqual(0.93)
  expect(held / times).toBeLessThanOrEqual(0.97)
}

/** As `compareMeans` has it, of fewer resamples. */
function differenceOf(a: Units, b: Units, random: Random): Interval {
  const ofA = resampledMeans(a, 499, random)
  const differences = resampledMeans(b, 499, random).map((mean, r) => mean - ofA[r]!)
  return bootstrapInterval(differences, expansionOf(pseudoValues(a), pseudoValues(b)))
}

const holdsNone = ({ difference }: Finding) => holds(difference!.interval, 0)

/** Chances of 0 to n hits. */
function binomial(n: number, chance: number): number[] {
  const chances = [(1 - chance) ** n]
  for (let k = 0; k < n; k++) chances.push((chances[k]! * (n - k) * chance) / ((k + 1) * (1 - chance)))
  return chances
}

test('Wilson, over all shares', () => {
  const shares = Array.from({ length: 97 }, (_, k) => (k + 2) / 100)
  let held = 0
  for (const p of shares) {
    for (const [hits, chance] of binomial(40, p).entries()) {
      if (holds(wilsonInterval({ hits, n: 40 }), p)) held += chance / shares.length
    }
  }
  expect(held).toBeGreaterThan(0.94)
  expect(held).toBeLessThan(0.96)
})

test.each([
  [0.1, 0.2],
  [0.35, 0.3],
  [0.05, 0.05],
  [0.6, 0.9],
])('Newcombe: %f to %f', (pa, pb) => {
  let held = 0
  for (const [hitsA, chanceA] of binomial(45, pa).entries()) {
    for (const [hitsB, chanceB] of binomial(60, pb).entries()) {
      const { interval } = newcombeDifference({ hits: hitsA, n: 45 }, { hits: hitsB, n: 60 })
      if (holds(interval, pb - pa)) held += chanceA * chanceB
    }
  }
  expect(held).toBeGreaterThan(0.93)
  expect(held).toBeLessThan(0.98)
})

test('Fisher never passes more often than it says', () => {
  for (const p of [0.05, 0.2, 0.5]) {
    let passed = 0
    for (const [hitsA, chanceA] of binomial(20, p).entries()) {
      for (const [hitsB, chanceB] of binomial(30, p).entries()) {
        if (fisherTest(hitsA, 20, hitsB, 30) <= 0.05) passed += chanceA * chanceB
      }
    }
    expect(passed).toBeLessThanOrEqual(0.05)
  }
})

test('Newcombe of pairs', () => {
  const { unit } = sampler(3)
  checkCoverage(2000, () => {
    const counts = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
    for (let k = 0; k < 60; k++) {
      const place = unit()
      counts[place < 0.5 ? 'both' : place < 0.6 ? 'onlyA' : place < 0.8 ? 'onlyB' : 'neither']++
    }
    return holds(newcombePairedDifference(counts).interval, 0.1)
  })
})

test.each([
  ['normal', 10, 10],
  ['normal', 25, 12],
  ['logNormal', 30, 30],
  ['logNormal', 80, 60],
] as const)('bootstrap of a difference of means, %s, %i and %i', (shape, m, n) => {
  const from = sampler(5)
  const random = seededRandom(6)
  const drawn = (count: number) => unitsOf({ values: from.some(count, from[shape]), unknown: 0 })
  checkCoverage(800, () => holds(differenceOf(drawn(m), drawn(n), random), 0))
})

test('means of calls in clusters; as if they were independent they would be far too sure', () => {
  const from = sampler(9)
  const random = seededRandom(10)
  const drawn = () => knownOf(from.clustered(40, common => common + from.normal()))
  let blind = 0
  checkCoverage(1000, () => {
    const [a, b] = [drawn(), drawn()]
    if (holds(welchTest(momentsOf(a.values), momentsOf(b.values))!.interval, 0)) blind++
    return holds(differenceOf(unitsOf(a), unitsOf(b), random), 0)
  })
  expect(blind / 1000).toBeLessThan(0.8)
})

test('shares of calls in clusters', () => {
  const from = sampler(10)
  const drawn = () => from.clustered(60, common => (common + from.normal() > 1 ? 1 : 0))
  checkCoverage(1000, () => holdsNone(compareShares(drawn(), drawn())))
})

test.each([
  [50, 300, 500],
  [95, 1500, 1200],
])('percentile %i of %i and %i calls', (percentile, m, n) => {
  const { some, logNormal } = sampler(11)
  const random = seededRandom(12)
  const drawn = (count: number) => resampledPercentiles(some(count, logNormal).sort(), percentile, count, 499, random)
  checkCoverage(1000, () => {
    const ofA = drawn(m)
    return holds(bootstrapInterval(drawn(n).map((x, r) => x - ofA[r]!)), 0)
  })
})

test('medians of calls in clusters', () => {
  const from = sampler(12)
  const random = seededRandom(13)
  const drawn = () => {
    const known = knownOf(from.clustered(60, common => common + from.normal()))
    const sorted = known.values.slice().sort()
    return resampledPercentiles(sorted, 50, worthAt(known, percentileOf(sorted, 50)), 499, random)
  }
  checkCoverage(800, () => {
    const ofA = drawn()
    return holds(bootstrapInterval(drawn().map((x, r) => x - ofA[r]!)), 0)
  })
})

test('means of pairs', () => {
  const { some, normal } = sampler(13)
  const random = seededRandom(2)
  checkCoverage(1000, () => {
    const units = unitsOf({ values: some(15, normal), unknown: 0 })
    return holds(bootstrapInterval(resampledMeans(units, 999, random), expansionOf(units.sums)), 0)
  })
})

test('without a difference p is as often below a number as the number says', () => {
  const { some, normal, logNormal } = sampler(14)
  const random = seededRandom(15)
  const tests: ((a: Float64Array, b: Float64Array) => number)[] = [
    (a, b) => welchTest(momentsOf(a), momentsOf(b))!.p,
    (a, b) => mannWhitneyTest(a, b).p,
    (a, b) => permutationTest(a, b, random).p,
  ]
  for (const p of tests) {
    const ps = Array.from({ length: 500 }, () => p(some(7, normal), some(6, normal))).sort((x, y) => x - y)
    // Kolmogorov and Smirnov: 1.63 / √n at 1 %; Mann and Whitney's p has few values.
    const off = Math.max(...ps.map((p, k) => (k + 1) / ps.length - p))
    expect(off).toBeLessThan(1.63 / Math.sqrt(500) + 0.03)
  }
  const skewed = Array.from({ length: 300 }, () => permutationTest(some(7, logNormal), some(7, logNormal), random).p)
  expect(skewed.filter(p => p <= 0.05).length / 300).toBeLessThanOrEqual(0.08)
})
