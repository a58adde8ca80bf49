import type { Estimate } from './interval.ts'

/** What one version shows of one metric. */
export interface Side {
  /** Calls whose number is known; pairs where inputs are equal. */
  readonly calls: number
  readonly unknown: number
  /** Sessions, users: what is independent of each other. Absent where each call stands for itself. */
  readonly clusters?: number
  readonly estimate?: Estimate
}

export type Test =
  | 'Fisher exact'
  | 'two proportions'
  | 'permutation'
  | 'bootstrap'
  | 'McNemar exact'
  | 'sign flip'
  | 'Wilcoxon signed rank'

/** Why nothing can be said. */
export type Lack =
  /** `has` is what the calls are worth where they come in clusters: less than there are. */
  | { readonly code: 'few-calls'; readonly least: number; readonly has: number }
  | { readonly code: 'few-clusters'; readonly least: number; readonly has: number }
  /** Only between 0 and 100, both excluded. */
  | { readonly code: 'no-such-percentile' }
  /** Beyond what can be computed with: squares of 1e160 are infinite. */
  | { readonly code: 'too-large' }
  /** Both a difference that matters and none agree with the data. */
  | { readonly code: 'too-wide'; readonly relevant: number }

/** What the data say of one metric, before it is asked whether that is good. All differences are b - a. */
export interface Finding {
  readonly a: Side
  readonly b: Side
  readonly difference?: Estimate
  /** b / a, where both are positive. */
  readonly ratio?: Estimate
  readonly test?: Test
  readonly p?: number
  /** How often b is more than a, less how often it is less: Cliff's delta, of pairs the rank-biserial correlation. */
  readonly effect?: number
  /** The smallest difference that so much data would show in four of five cases. */
  readonly detectable?: number
  readonly lack?: Lack
}

export interface Options {
  /** How often an interval holds the true number: 0.95. */
  readonly level?: number
  readonly seed?: number
}

/** Below so many calls, or clusters, of either version nothing is said. */
export const fewest = 10

/** The first of the sides that is too small, if one is. */
export function lackOf(sides: readonly Side[], least = fewest): Lack | undefined {
  const calls = Math.min(...sides.map(side => side.calls))
  if (calls < least) return { code: 'few-calls', least, has: calls }
  const clusters = Math.min(...sides.map(side => side.clusters ?? Infinity))
  return clusters < fewest ? { code: 'few-clusters', least: fewest, has: clusters } : undefined
}
