import { normalBeyond } from './normal.ts'
import { doubledRanks, pairsWon } from './ranks.ts'

/** Up to so many values the null distribution is counted out, ties and all; counts stay below 2^53. */
const mostExact = 50

export interface RankTest {
  /** Two-sided. */
  readonly p: number
  readonly isExact: boolean
  /** From -1 (b always less) over 0 to 1 (b always more): Cliff's delta, or the matched rank-biserial correlation of pairs. */
  readonly effect: number
}

/** Mann and Whitney's U: is b rather greater, or rather less than a? Exact to 50 values together, else normal with ties. */
export function mannWhitneyTest(a: Float64Array, b: Float64Array): RankTest {
  const [m, n] = [a.length, b.length]
  if (m === 0 || n === 0) return { p: 1, isExact: true, effect: 0 }
  const { won, ties } = pairsWon(a.slice().sort(), b.slice().sort())
  const effect = (2 * won) / (m * n) - 1
  if (m + n <= mostExact) {
    const all = new Float64Array(m + n)
    all.set(a)
    all.set(b, m)
    const { ranks } = doubledRanks(all)
    // Twice the rank sum of b.
    return { p: twoTails(subsetSums(ranks, n), 2 * won + n * (n + 1)), isExact: true, effect }
  }
  const total = m + n
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)))
  return { p: byNormal(won - (m * n) / 2, variance), isExact: false, effect }
}

/** Wilcoxon's signed rank test of paired differences; those of zero tell nothing and are left out. Exact to 50. */
export function wilcoxonTest(differences: Float64Array): RankTest {
  const told = differences.filter(d => d !== 0)
  const n = told.length
  if (n === 0) return { p: 1, isExact: true, effect: 0 }
  const { ranks, ties } = doubledRanks(told.map(Math.abs))
  let doubled = 0
  for (let i = 0; i < n; i++) if (told[i]! > 0) doubled += ranks[i]!
  const effect = (2 * doubled) / (n * (n + 1)) - 1
  if (n <= mostExact) return { p: twoTails(subsetSums(ranks), doubled), isExact: true, effect }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48
  return { p: byNormal(doubled / 2 - (n * (n + 1)) / 4, variance), isExact: false, effect }
}

/** With the correction of continuity. */
function byNormal(off: number, variance: number): number {
  return variance > 0 ? normalBeyond(Math.max(0, Math.abs(off) - 0.5) / Math.sqrt(variance)) : 1
}

/** In how many ways `size` of the ranks (any number of them where not given) add up to each sum. */
function subsetSums(ranks: Float64Array, size?: number): Float64Array {
  let most = 0
  for (const rank of ranks) most += rank
  const width = most + 1
  const layers = size ?? 0
  const ways = new Float64Array((layers + 1) * width)
  ways[0] = 1
  for (const rank of ranks) {
    if (size === undefined) for (let sum = most; sum >= rank; sum--) ways[sum]! += ways[sum - rank]!
    for (let k = layers; k > 0; k--) {
      const [to, from] = [k * width, (k - 1) * width - rank]
      for (let sum = most; sum >= rank; sum--) ways[to + sum]! += ways[from + sum]!
    }
  }
  return ways.subarray(layers * width)
}

function twoTails(ways: Float64Array, seen: number): number {
  let [below, above, all] = [0, 0, 0]
  for (let sum = 0; sum < ways.length; sum++) {
    const count = ways[sum]!
    all += count
    if (sum <= seen) below += count
    if (sum >= seen) above += count
  }
  return Math.min(1, (2 * Math.min(below, above)) / all)
}
