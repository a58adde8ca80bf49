import type { Estimate, Interval } from './interval.ts'
import { normalBeyond, normalQuantile } from './normal.ts'

/** So many of so many. Neither need be whole: calls of one session count less than others (`effectiveSize`). */
export interface Share {
  readonly hits: number
  readonly n: number
}

/** Wilson's score interval. Unlike the textbook's it is neither empty at 0 of n nor outside of [0, 1]. */
export function wilsonInterval({ hits, n }: Share, level = 0.95): Interval {
  const z = normalQuantile((1 + level) / 2)
  const p = hits / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  // Rounding must not put 0 of n outside of its own interval.
  return { low: hits <= 0 ? 0 : Math.max(0, middle - half), high: hits >= n ? 1 : Math.min(1, middle + half) }
}

/** Newcombe's hybrid score interval of the difference b - a (1998, method 10): two Wilson intervals, squared and added. */
export function newcombeDifference(a: Share, b: Share, level = 0.95): Estimate {
  const [pa, pb] = [a.hits / a.n, b.hits / b.n]
  const [wa, wb] = [wilsonInterval(a, level), wilsonInterval(b, level)]
  const value = pb - pa
  return {
    value,
    interval: {
      low: value - Math.hypot(pb - wb.low, wa.high - pa),
      high: value + Math.hypot(wb.high - pb, pa - wa.low),
    },
  }
}

/** The same inputs met both versions: how many hit in both, in one only, in neither. */
export interface PairedShares {
  readonly both: number
  readonly onlyA: number
  readonly onlyB: number
  readonly neither: number
}

/** Newcombe's interval of b - a for pairs (1998b, method 10): as above, less what both have in common. */
export function newcombePairedDifference({ both, onlyA, onlyB, neither }: PairedShares, level = 0.95): Estimate {
  const n = both + onlyA + onlyB + neither
  const [pa, pb] = [(both + onlyA) / n, (both + onlyB) / n]
  const [wa, wb] = [wilsonInterval({ hits: both + onlyA, n }, level), wilsonInterval({ hits: both + onlyB, n }, level)]
  const margins = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither)
  const product = both * neither - onlyA * onlyB
  // Newcombe takes half a pair per arm off a positive association: the correction of continuity.
  const phi = margins === 0 ? 0 : (product > 0 ? Math.max(product - n / 2, 0) : product) / Math.sqrt(margins)
  const add = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y))
  const value = pb - pa
  return {
    value,
    interval: { low: value - add(pb - wb.low, wa.high - pa), high: value + add(wb.high - pb, pa - wa.low) },
  }
}

/** Two-sided p that two shares are one (the score test; its square is the chi-square of the two by two table). */
export function twoProportionTest(a: Share, b: Share): number {
  const pooled = (a.hits + b.hits) / (a.n + b.n)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n))
  return error > 0 ? normalBeyond((b.hits / b.n - a.hits / a.n) / error) : 1
}
