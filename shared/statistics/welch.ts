import { studentBeyond, studentQuantile } from './beta.ts'
import type { Estimate } from './interval.ts'

export interface Moments {
  readonly n: number
  readonly mean: number
  /** Of the population, from the sample: divided by n - 1. NaN below two values. */
  readonly variance: number
}

/** Two passes, so that a small spread around a big mean keeps its digits. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / n
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { n, mean, variance: squares / (n - 1) }
}

export interface WelchTest extends Estimate {
  readonly t: number
  readonly degrees: number
  /** Two-sided. */
  readonly p: number
}

/** Welch's t test of b - a. For scores of a decent shape; latencies and costs have tails that a t test does not know. */
export function welchTest(a: Moments, b: Moments, level = 0.95): WelchTest | undefined {
  if (a.n < 2 || b.n < 2) return undefined
  const [va, vb] = [a.variance / a.n, b.variance / b.n]
  const error = Math.sqrt(va + vb)
  if (!(error > 0) || error === Infinity) return undefined
  const value = b.mean - a.mean
  const degrees = 1 / ((va / (va + vb)) ** 2 / (a.n - 1) + (vb / (va + vb)) ** 2 / (b.n - 1))
  const half = studentQuantile((1 + level) / 2, degrees) * error
  const t = value / error
  return { value, interval: { low: value - half, high: value + half }, t, degrees, p: studentBeyond(t, degrees) }
}
