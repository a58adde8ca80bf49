import type { Random } from './random.ts'
import type { Known } from './sample.ts'

/** What is drawn when data are drawn again: whole clusters, each with its sum and its size, independent of each other. */
export interface Units {
  readonly sums: Float64Array
  /** What the sums are of: calls, or what `Sample.of` adds up to. */
  readonly sizes: Float64Array
}

/**
 * Beyond so many, units are dealt into as many groups: the cost of a bootstrap no longer grows with the calls. Their spread
 * is known to 1 / √(2 · 1024) = 2 %, as from as many resamples. A power of two: drawn fastest.
 */
const groups = 1024

/** Clusters of a sample, or its values each for itself. */
export function unitsOf({ values, of, clusters }: Known): Units {
  if (!clusters) return { sums: values, sizes: of ?? new Float64Array(values.length).fill(1) }
  const sums = new Float64Array(clusters.count)
  const sizes = new Float64Array(clusters.count)
  for (let i = 0; i < values.length; i++) {
    const unit = clusters.of[i]!
    sums[unit]! += values[i]!
    sizes[unit]! += of ? of[i]! : 1
  }
  return { sums, sizes }
}

/** Many units as 1,024, dealt at random: sums of independent clusters are independent too. */
export function dealt(units: Units, random: Random): Units {
  const count = units.sums.length
  if (count <= groups) return units
  const sums = new Float64Array(groups)
  const sizes = new Float64Array(groups)
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let k = count - 1; k >= 0; k--) {
    const other = Math.floor(random.unit() * (k + 1))
    const unit = order[other]!
    order[other] = order[k]!
    sums[k % groups]! += units.sums[unit]!
    sizes[k % groups]! += units.sizes[unit]!
  }
  return { sums, sizes }
}

export function meanOf({ sums, sizes }: Units): number {
  let [sum, size] = [0, 0]
  for (const x of sums) sum += x
  for (const x of sizes) size += x
  return sum / size
}

/**
 * One number for each unit, whose plain mean is the mean over all calls and whose spread is that mean's: what a cluster
 * adds (linearization, as surveys do it). Makes of a ratio of sums what every test of a mean understands.
 */
export function pseudoValues({ sums, sizes }: Units): Float64Array {
  const mean = meanOf({ sums, sizes })
  let size = 0
  for (const x of sizes) size += x
  const each = size / sizes.length
  return sums.map((sum, k) => mean + (sum - mean * sizes[k]!) / each)
}

/**
 * Of how many independent calls the calls of a sample tell as much as: n by the design effect. Never more than n: that
 * calls of a session differ more than those of different ones is chance.
 */
export function effectiveSize(known: Known): number {
  const n = known.values.length
  if (!known.clusters || n < 2 || known.clusters.count < 2)
    return known.clusters ? Math.min(n, known.clusters.count) : n
  const clustered = spreadOfMean(pseudoValues(unitsOf(known)))
  const simple = spreadOfMean(known.values)
  // Without spread nothing tells how much the calls of a cluster resemble each other.
  if (!(simple > 0)) return Number.NaN
  return n / Math.max(1, clustered / simple)
}

/** Squared standard error of a mean. */
function spreadOfMean(values: Float64Array): number {
  const n = values.length
  let [mean, squares] = [0, 0]
  for (const value of values) mean += value / n
  for (const value of values) squares += (value - mean) ** 2
  return squares / (n * (n - 1))
}
