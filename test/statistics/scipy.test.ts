import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { betaBelow, betaQuantile, studentBeyond, studentQuantile } from '../../shared/statistics/beta.ts'
import { bootstrapInterval, resampledMeans } from '../../shared/statistics/bootstrap.ts'
import { binomialTest, clopperPearsonInterval, fisherTest, mcNemarTest } from '../../shared/statistics/exact-tests.ts'
import { gammaBeyond, logGamma } from '../../shared/statistics/gamma.ts'
import type { Interval } from '../../shared/statistics/interval.ts'
import { normalBelow, normalBeyond, normalQuantile } from '../../shared/statistics/normal.ts'
import { resampledPercentiles } from '../../shared/statistics/percentiles.ts'
import { permutationTest, signFlipTest } from '../../shared/statistics/permutation.ts'
import { seededRandom } from '../../shared/statistics/random.ts'
import { mannWhitneyTest, wilcoxonTest } from '../../shared/statistics/rank-tests.ts'
import { twoProportionTest, wilsonInterval } from '../../shared/statistics/shares.ts'
import { unitsOf } from '../../shared/statistics/units.ts'
import { momentsOf, welchTest } from '../../shared/statistics/welch.ts'

// What SciPy answers (`scipy-vectors.py`, its version within). Closed formulas agree to 1e-9 of the value; resampled
// intervals, whose draws differ, to a tenth of the interval's width.

type Ends = [low: number, high: number]
interface Vectors {
  scipy: string
  normal: { z: number; below: number; beyond: number }[]
  normalQuantile: { share: number; z: number }[]
  student: { t: number; degrees: number; beyond: number }[]
  studentQuantile: { share: number; degrees: number; t: number }[]
  beta: { x: number; a: number; b: number; below: number }[]
  betaQuantile: { share: number; a: number; b: number; x: number }[]
  logGamma: { x: number; value: number }[]
  gammaBeyond: { a: number; x: number; share: number }[]
  shares: { hits: number; n: number; level: number; wilson: Ends; exact: Ends }[]
  binomial: { hits: number; n: number; chance: number; p: number }[]
  fisher: { table: [number, number, number, number]; p: number }[]
  twoProportions: { table: [number, number, number, number]; p: number }[]
  mcNemar: { onlyA: number; onlyB: number; p: number }[]
  twoSamples: {
    a: number[]
    b: number[]
    welch: { t: number; degrees: number; p: number; interval: Ends }
    mannWhitney: { p: number; isExact: boolean; effect: number }
    permutation?: number
  }[]
  signed: { differences: number[]; p: number; isExact: boolean; signFlip?: number }[]
  bootstraps: { values: number[]; interval: Ends }[]
  differenceBootstraps: { a: number[]; b: number[]; interval: Ends }[]
  percentileBootstraps: { values: number[]; percentile: number; interval: Ends }[]
}

const vectors = JSON.parse(readFileSync(new URL('scipy-vectors.json', import.meta.url), 'utf8')) as Vectors

/** To 1e-9 of the value, or of `scale` where nothing smaller matters. */
function checkNear(value: number, expected: number, of: unknown, scale = 0): void {
  const off = Math.abs(value - expected) / Math.max(Math.abs(expected), scale, Number.MIN_VALUE)
  expect(value === expected || off <= 1e-9, `${value} for ${expected} (off by ${off}) of ${JSON.stringify(of)}`).toBe(
    true,
  )
}

function checkEnds({ low, high }: Interval, [lowest, highest]: Ends, of: unknown): void {
  checkNear(low, lowest, of, 1e-6)
  checkNear(high, highest, of, 1e-6)
}

function checkResampled({ low, high }: Interval, [lowest, highest]: Ends): void {
  const width = highest - lowest
  expect(Math.abs(low - lowest) / width).toBeLessThan(0.1)
  expect(Math.abs(high - highest) / width).toBeLessThan(0.1)
}

test('the normal distribution, far out and back', () => {
  for (const row of vectors.normal) {
    checkNear(normalBelow(row.z), row.below, row)
    checkNear(normalBeyond(row.z), row.beyond, row)
  }
  for (const row of vectors.normalQuantile) checkNear(normalQuantile(row.share), row.z, row)
})

test('gamma functions', () => {
  for (const row of vectors.logGamma) checkNear(logGamma(row.x), row.value, row, 1e-3)
  for (const row of vectors.gammaBeyond) checkNear(gammaBeyond(row.a, row.x), row.share, row)
})

test('the beta distribution and its inverse', () => {
  for (const row of vectors.beta) checkNear(betaBelow(row.x, row.a, row.b), row.below, row, 1e-290)
  for (const row of vectors.betaQuantile) checkNear(betaQuantile(row.share, row.a, row.b), row.x, row)
})

test("Student's t: tails that 1 - cdf would lose, and quantiles", () => {
  for (const row of vectors.student) checkNear(studentBeyond(row.t, row.degrees), row.beyond, row)
  for (const row of vectors.studentQuantile) checkNear(studentQuantile(row.share, row.degrees), row.t, row)
})

test('intervals of one share: Wilson, Clopper and Pearson', () => {
  for (const row of vectors.shares) {
    checkEnds(wilsonInterval(row, row.level), row.wilson, row)
    checkEnds(clopperPearsonInterval(row.hits, row.n, row.level), row.exact, row)
  }
})

test('exact tests: binomial, Fisher, McNemar', () => {
  for (const row of vectors.binomial) checkNear(binomialTest(row.hits, row.n, row.chance), row.p, row)
  for (const row of vectors.fisher) checkNear(fisherTest(...row.table), row.p, row)
  for (const row of vectors.mcNemar) checkNear(mcNemarTest(row.onlyA, row.onlyB), row.p, row)
})

test('two proportions are the chi-square of their table', () => {
  for (const row of vectors.twoProportions) {
    const [hitsA, nA, hitsB, nB] = row.table
    checkNear(twoProportionTest({ hits: hitsA, n: nA }, { hits: hitsB, n: nB }), row.p, row)
  }
})

test('two samples: Welch, Mann and Whitney, permutation', () => {
  for (const row of vectors.twoSamples) {
    const [a, b] = [Float64Array.from(row.a), Float64Array.from(row.b)]
    const welch = welchTest(momentsOf(a), momentsOf(b))!
    checkNear(welch.t, row.welch.t, row)
    checkNear(welch.degrees, row.welch.degrees, row)
    checkNear(welch.p, row.welch.p, row)
    checkEnds(welch.interval, row.welch.interval, row)
    const found = mannWhitneyTest(a, b)
    expect(found.isExact).toBe(row.mannWhitney.isExact)
    checkNear(found.p, row.mannWhitney.p, row)
    checkNear(found.effect, row.mannWhitney.effect, row, 1e-3)
    if (row.permutation === undefined) continue
    const divided = permutationTest(a, b, seededRandom(1))
    expect(divided.isExact).toBe(true)
    checkNear(divided.p, row.permutation, row)
  }
})

test('pairs: Wilcoxon with zeros and shared ranks, sign flips', () => {
  for (const row of vectors.signed) {
    const differences = Float64Array.from(row.differences)
    const found = wilcoxonTest(differences)
    expect(found.isExact).toBe(row.isExact)
    checkNear(found.p, row.p, row)
    if (row.signFlip !== undefined) checkNear(signFlipTest(differences, seededRandom(1)).p, row.signFlip, row)
  }
})

test('bootstrap intervals of a mean, and of a difference of means', () => {
  const drawn = (values: number[], seed: number) =>
    resampledMeans(unitsOf({ values: Float64Array.from(values), unknown: 0 }), 40_000, seededRandom(seed))
  for (const row of vectors.bootstraps) checkResampled(bootstrapInterval(drawn(row.values, 3)), row.interval)
  for (const row of vectors.differenceBootstraps) {
    const ofA = drawn(row.a, 5)
    checkResampled(bootstrapInterval(drawn(row.b, 6).map((mean, r) => mean - ofA[r]!)), row.interval)
  }
})

test('percentiles drawn by their place are those of values drawn again', () => {
  for (const row of vectors.percentileBootstraps) {
    const sorted = Float64Array.from(row.values).sort()
    const replicates = resampledPercentiles(sorted, row.percentile, sorted.length, 40_000, seededRandom(2))
    checkResampled(bootstrapInterval(replicates), row.interval)
  }
})
