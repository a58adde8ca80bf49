import { expect, test } from 'vitest'
import { compareMeans } from '../../shared/statistics/compare-means.ts'
import { comparePercentiles } from '../../shared/statistics/compare-percentiles.ts'
import { compareShares } from '../../shared/statistics/compare-shares.ts'
import { binomialTest, fisherTest } from '../../shared/statistics/exact-tests.ts'
import { holm } from '../../shared/statistics/holm.ts'
import { percentileOf, resampledPercentiles } from '../../shared/statistics/percentiles.ts'
import { callsNeeded, callsNeededForShares, detectableDifference } from '../../shared/statistics/power.ts'
import { betaDraw, seededRandom } from '../../shared/statistics/random.ts'
import { mannWhitneyTest, wilcoxonTest } from '../../shared/statistics/rank-tests.ts'
import { newcombeDifference, newcombePairedDifference, wilsonInterval } from '../../shared/statistics/shares.ts'
import { dealt, effectiveSize, meanOf, pseudoValues, unitsOf } from '../../shared/statistics/units.ts'
import { momentsOf } from '../../shared/statistics/welch.ts'
import { sampler } from './samples.ts'

test("Newcombe's own examples", () => {
  // Newcombe 1998 II, table II, (a), (b) and (g), method 10, there as p1 - p2.
  for (const [hitsB, nB, hitsA, nA, low, high] of [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1],
  ] as const) {
    const { interval } = newcombeDifference({ hits: hitsA, n: nA }, { hits: hitsB, n: nB })
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  }
})

test('intervals of shares hold their share, stay between 0 and 1, mirror and narrow', () => {
  for (let n = 1; n <= 60; n++) {
    for (let hits = 0; hits <= n; hits++) {
      const { low, high } = wilsonInterval({ hits, n })
      expect(low >= 0 && low <= hits / n && hits / n <= high && high <= 1, `${hits} of ${n}`).toBe(true)
      const mirrored = wilsonInterval({ hits: n - hits, n })
      expect(1 - mirrored.high).toBeCloseTo(low, 12)
      const wider = wilsonInterval({ hits: hits * 4, n: n * 4 })
      expect(wider.high - wider.low).toBeLessThan(high - low)
    }
  }
})

test('a difference of shares turns its sign when the versions are swapped', () => {
  const { unit } = sampler(1)
  for (let k = 0; k < 200; k++) {
    const [nA, nB] = [1 + Math.floor(unit() * 50), 1 + Math.floor(unit() * 50)]
    const a = { hits: Math.floor(unit() * (nA + 1)), n: nA }
    const b = { hits: Math.floor(unit() * (nB + 1)), n: nB }
    const [forth, back] = [newcombeDifference(a, b), newcombeDifference(b, a)]
    expect(forth.interval.low).toBeCloseTo(-back.interval.high, 12)
    expect(forth.interval.high).toBeCloseTo(-back.interval.low, 12)
    expect(forth.interval.low <= forth.value && forth.value <= forth.interval.high).toBe(true)
    expect(fisherTest(a.hits, a.n, b.hits, b.n)).toBeCloseTo(fisherTest(b.hits, b.n, a.hits, a.n), 12)
    const pairs = { both: a.hits, onlyA: a.n - a.hits, onlyB: b.hits, neither: b.n - b.hits }
    const paired = newcombePairedDifference(pairs)
    const turned = newcombePairedDifference({ ...pairs, onlyA: pairs.onlyB, onlyB: pairs.onlyA })
    expect(paired.interval.low).toBeCloseTo(-turned.interval.high, 12)
    expect(paired.interval.low <= paired.value && paired.value <= paired.interval.high).toBe(true)
  }
})

test('rank tests do not care which version comes first', () => {
  const { some, normal } = sampler(2)
  for (const [m, n] of [
    [5, 8],
    [30, 40],
  ] as const) {
    const [a, b] = [some(m, normal), some(n, () => Math.round(normal() * 3))]
    expect(mannWhitneyTest(a, b).p).toBeCloseTo(mannWhitneyTest(b, a).p, 12)
    expect(mannWhitneyTest(a, b).effect).toBeCloseTo(-mannWhitneyTest(b, a).effect, 12)
    expect(wilcoxonTest(b).p).toBeCloseTo(wilcoxonTest(b.map(x => -x)).p, 12)
    expect(wilcoxonTest(b).effect).toBeCloseTo(-wilcoxonTest(b.map(x => -x)).effect, 12)
  }
  expect(mannWhitneyTest(Float64Array.of(1, 2), Float64Array.of(3, 4)).effect).toBe(1)
})

test('the normal tail takes over where counting out ends, without a jump', () => {
  const { some, normal } = sampler(4)
  const [a, b] = [some(25, normal), some(25, () => normal() + 0.6)]
  const exact = mannWhitneyTest(a, b)
  const beyond = mannWhitneyTest(Float64Array.of(...a, 0.3), b)
  expect([exact.isExact, beyond.isExact]).toEqual([true, false])
  expect(Math.abs(exact.p - beyond.p)).toBeLessThan(0.02)
})

test('an exact p is never more than 1, nor less than what the number of results allows', () => {
  for (let n = 0; n <= 30; n++) {
    for (let hits = 0; hits <= n; hits++) {
      const p = binomialTest(hits, n)
      expect(p).toBeLessThanOrEqual(1)
      expect(p).toBeGreaterThanOrEqual(2 ** -n)
    }
  }
  expect(fisherTest(0, 0, 0, 0)).toBe(1)
  // 1e-4000 is no number; it is not NaN either.
  expect(fisherTest(0, 50_000, 50_000, 50_000)).toBe(0)
})

test("Holm's correction keeps the order, never falls and counts all questions", () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06])
  expect(holm([0.5, 0.9])).toEqual([1, 1])
  expect(holm([])).toEqual([])
  expect(holm([0.02])).toEqual([0.02])
})

test('the same seed gives the same interval, another one nearly the same', () => {
  const { some, logNormal } = sampler(5)
  const [a, b] = [{ values: some(300, logNormal) }, { values: some(200, logNormal) }]
  expect(compareMeans(a, b)).toEqual(compareMeans(a, b))
  const [one, other] = [compareMeans(a, b, { seed: 1 }), compareMeans(a, b, { seed: 2 })].map(
    f => f.difference!.interval,
  )
  expect(Math.abs(one!.low - other!.low)).toBeLessThan(0.1 * (one!.high - one!.low))
})

test('the order of the calls changes nothing; swapped versions turn the sign', () => {
  const { some, logNormal } = sampler(6)
  const [a, b] = [some(1300, logNormal), some(250, logNormal)]
  const forth = compareMeans({ values: a }, { values: b })
  expect(compareMeans({ values: a.toReversed() }, { values: b.toReversed() })).toEqual(forth)
  const back = compareMeans({ values: b }, { values: a })
  const width = forth.difference!.interval.high - forth.difference!.interval.low
  expect(Math.abs(forth.difference!.interval.low + back.difference!.interval.high)).toBeLessThan(0.1 * width)
  expect(forth.effect).toBeCloseTo(-back.effect!, 12)
  const early = comparePercentiles({ values: a }, { values: b }, 50)
  expect(comparePercentiles({ values: a.toReversed() }, { values: b.toReversed() }, 50)).toEqual(early)
})

test('more calls make an interval narrower, and a smaller difference is seen', () => {
  const { some, logNormal } = sampler(7)
  let [width, detectable] = [Infinity, Infinity]
  for (const n of [30, 120, 480, 1920, 7680]) {
    const found = compareMeans({ values: some(n, logNormal) }, { values: some(n, logNormal) })
    expect(found.difference!.interval.high - found.difference!.interval.low).toBeLessThan(width)
    expect(found.detectable!).toBeLessThan(detectable)
    width = found.difference!.interval.high - found.difference!.interval.low
    detectable = found.detectable!
  }
})

test('clusters: calls that all say the same count once, those that have nothing in common count each', () => {
  const { some, normal } = sampler(8)
  const values = some(400, normal)
  const same = {
    values: values.map((_, i) => values[i % 100]!),
    clusters: { of: values.map((_, i) => i % 100), count: 100 },
  }
  const known = { ...same, clusters: { of: Uint32Array.from(same.clusters.of), count: 100 }, unknown: 0 }
  expect(effectiveSize(known)).toBeCloseTo(100, -1)
  const apart = { values, clusters: { of: Uint32Array.from(values, (_, i) => i), count: 400 }, unknown: 0 }
  expect(effectiveSize(apart)).toBeCloseTo(400, 6)
  const doubled = { values: values.map((_, i) => values[i >> 1]!), clusters: Array.from(values, (_, i) => i >> 1) }
  const single = { values: values.subarray(0, 200) }
  const pair = compareMeans(doubled, doubled).difference!.interval
  const one = compareMeans(single, single).difference!.interval
  expect((pair.high - pair.low) / (one.high - one.low)).toBeCloseTo(1, 1)
})

test('shares in clusters are as wide as clusters that all say the same', () => {
  const { ones } = sampler(9)
  const [a, b] = [ones(100, 0.3), ones(100, 0.3)]
  const fourfold = (of: Float64Array) => ({
    values: Float64Array.from({ length: 400 }, (_, i) => of[i >> 2]!),
    clusters: Array.from({ length: 400 }, (_, i) => i >> 2),
  })
  const [plain, clustered] = [compareShares({ values: a }, { values: b }), compareShares(fourfold(a), fourfold(b))]
  expect(clustered.difference!.interval.low).toBeCloseTo(plain.difference!.interval.low, 2)
  expect(clustered.difference!.interval.high).toBeCloseTo(plain.difference!.interval.high, 2)
  expect(clustered.p).toBeCloseTo(plain.p!, 2)
})

test('what is dealt keeps its mean and its spread', () => {
  const { some, logNormal } = sampler(10)
  const units = unitsOf({ values: some(20_000, logNormal), unknown: 0 })
  const groups = dealt(units, seededRandom(1))
  expect(groups.sums.length).toBe(1024)
  expect(meanOf(groups)).toBeCloseTo(meanOf(units), 10)
  const spread = (of: typeof units) => momentsOf(pseudoValues(of)).variance / of.sums.length
  expect(Math.abs(spread(groups) / spread(units) - 1)).toBeLessThan(0.15)
})

test('a beta draw has the mean and spread of its distribution', () => {
  const random = seededRandom(3)
  for (const [a, b] of [
    [0.4, 0.7],
    [3, 9],
    [950, 51],
  ] as const) {
    const { mean, variance } = momentsOf(Float64Array.from({ length: 20_000 }, () => betaDraw(a, b, random)))
    expect(mean).toBeCloseTo(a / (a + b), 2)
    expect(variance / ((a * b) / ((a + b) ** 2 * (a + b + 1)))).toBeCloseTo(1, 1)
  }
})

test('a percentile is a number that some call has, the same as in tables and charts', () => {
  const sorted = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
  expect([0, 10, 50, 51, 95, 100].map(percentile => percentileOf(sorted, percentile))).toEqual([1, 1, 5, 6, 10, 10])
  const drawn = resampledPercentiles(sorted, 50, 10, 500, seededRandom(1))
  expect(drawn.every(x => sorted.includes(x))).toBe(true)
})

test('what is needed is what detects', () => {
  const n = callsNeeded(0.2, 1)
  expect(n).toBe(393)
  expect(detectableDifference(Math.sqrt(2 / n))).toBeCloseTo(0.2, 3)
  // 4 % to 6 %, two-sided 5 %, four of five.
  expect(callsNeededForShares(0.04, 0.06)).toBe(1861)
})
