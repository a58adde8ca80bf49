import { betaQuantile } from './beta.ts'
import type { Interval } from './interval.ts'

/** What is as likely as what was seen counts as seen: rounding must not decide. */
const asLikely = 1 + 1e-9

/** Two-sided p of `hits` of `n` where each hits with `chance`: all results that are no likelier than this one. */
export function binomialTest(hits: number, n: number, chance = 0.5): number {
  if (n === 0) return 1
  if (chance <= 0) return hits === 0 ? 1 : 0
  if (chance >= 1) return hits === n ? 1 : 0
  const odds = chance / (1 - chance)
  return noLikelier(hits, 0, n, Math.min(n, Math.floor((n + 1) * chance)), k => ((n - k) / (k + 1)) * odds)
}

/** Clopper and Pearson's exact interval of a share: never too narrow, often too wide. */
export function clopperPearsonInterval(hits: number, n: number, level = 0.95): Interval {
  const beyond = (1 - level) / 2
  return {
    low: hits === 0 ? 0 : betaQuantile(beyond, hits, n - hits + 1),
    high: hits === n ? 1 : betaQuantile(1 - beyond, hits + 1, n - hits),
  }
}

/** Fisher's exact test of two shares: two-sided p over all tables with the same margins. Counts are whole. */
export function fisherTest(hitsA: number, nA: number, hitsB: number, nB: number): number {
  const hits = hitsA + hitsB
  const least = Math.max(0, hits - nB)
  const most = Math.min(hits, nA)
  const mode = Math.min(most, Math.max(least, Math.floor(((hits + 1) * (nA + 1)) / (nA + nB + 2))))
  return noLikelier(hitsA, least, most, mode, k => ((hits - k) * (nA - k)) / ((k + 1) * (nB - hits + k + 1)))
}

/** McNemar's exact test: of the inputs on which the versions differ, as many should fall to the one as to the other. */
export function mcNemarTest(onlyA: number, onlyB: number): number {
  return binomialTest(onlyA, onlyA + onlyB)
}

/**
 * Share of a distribution that is no likelier than `seen`. Weights run outwards from the mode by the ratio of neighbours,
 * so nothing overflows and no logarithm loses digits; far tails end at zero.
 */
function noLikelier(seen: number, least: number, most: number, mode: number, ratio: (k: number) => number): number {
  let weight = 1
  for (let k = mode; k < seen; k++) weight *= ratio(k)
  for (let k = mode; k > seen; k--) weight /= ratio(k - 1)
  const limit = weight * asLikely
  let all = 0
  let beyond = 0
  const add = (w: number) => {
    all += w
    if (w <= limit) beyond += w
  }
  weight = 1
  add(weight)
  for (let k = mode; k < most && weight > 0; k++) add((weight *= ratio(k)))
  weight = 1
  for (let k = mode; k > least && weight > 0; k--) add((weight /= ratio(k - 1)))
  return Math.min(1, beyond / all)
}
