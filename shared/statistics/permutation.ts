import type { Random } from './random.ts'

/** Up to so many ways of dividing are all tried. */
const mostExact = 200_000
/** Else as many at random. */
const draws = 10_000
/** As far as what was seen, rounding aside. */
const asFar = 1 - 1e-10

export interface PermutationTest {
  /** Two-sided. */
  readonly p: number
  readonly isExact: boolean
}

/**
 * Could the values have been divided so by chance? Of Welch's t, so that versions with unequal spread do not pass for
 * versions with unequal means (Janssen 1997).
 */
export function permutationTest(a: Float64Array, b: Float64Array, random: Random): PermutationTest {
  const [m, n] = [a.length, b.length]
  if (m < 2 || n < 2) return { p: 1, isExact: true }
  const all = new Float64Array(m + n)
  all.set(a)
  all.set(b, m)
  center(all)
  let [sum, squares] = [0, 0]
  for (const x of all) {
    sum += x
    squares += x * x
  }
  const far = (part: number, partSquares: number) => {
    const rest = sum - part
    const va = Math.max(0, partSquares - (part * part) / m) / (m * (m - 1))
    const vb = Math.max(0, squares - partSquares - (rest * rest) / n) / (n * (n - 1))
    const difference = Math.abs(rest / n - part / m)
    // All equal on both sides: as far as can be, unless both are the same. Rounding leaves a little of nothing.
    const error = va + vb
    const scale = squares / (m + n)
    if (error <= 1e-14 * scale) return difference * difference <= 1e-14 * scale ? 0 : Infinity
    return difference / Math.sqrt(error)
  }
  const of = (chosen: Uint32Array) => {
    let [part, partSquares] = [0, 0]
    for (let k = 0; k < m; k++) {
      const x = all[chosen[k]!]!
      part += x
      partSquares += x * x
    }
    return far(part, partSquares)
  }
  const places = Uint32Array.from({ length: m + n }, (_, i) => i)
  const limit = of(places) * asFar
  if (waysOf(m + n, m) <= mostExact) {
    let [asFarAs, tried] = [0, 0]
    do {
      if (of(places) >= limit) asFarAs++
      tried++
    } while (nextChoice(places, m, m + n))
    return { p: asFarAs / tried, isExact: true }
  }
  let asFarAs = 0
  for (let r = 0; r < draws; r++) {
    for (let k = 0; k < m; k++) {
      const other = k + Math.floor(random.unit() * (m + n - k))
      const place = places[k]!
      places[k] = places[other]!
      places[other] = place
    }
    if (of(places) >= limit) asFarAs++
  }
  return { p: (asFarAs + 1) / (draws + 1), isExact: false }
}

/** Could the differences of pairs have these signs by chance? Of their mean. */
export function signFlipTest(differences: Float64Array, random: Random): PermutationTest {
  const told = differences.filter(d => d !== 0)
  const n = told.length
  let sum = 0
  for (const d of told) sum += d
  const limit = Math.abs(sum) * asFar
  const flipped = (next: (k: number) => boolean) => {
    let other = 0
    for (let k = 0; k < n; k++) other += next(k) ? told[k]! : -told[k]!
    return Math.abs(other) >= limit ? 1 : 0
  }
  if (n <= 16) {
    let asFarAs = 0
    for (let signs = 0; signs < 2 ** n; signs++) asFarAs += flipped(k => (signs & (1 << k)) !== 0)
    return { p: asFarAs / 2 ** n, isExact: true }
  }
  let asFarAs = 0
  for (let r = 0; r < draws; r++) asFarAs += flipped(() => random.bits() >= 0x80000000)
  return { p: (asFarAs + 1) / (draws + 1), isExact: false }
}

/** Differences are between values, not to zero: a small spread around a big mean keeps its digits. */
function center(values: Float64Array): void {
  let mean = 0
  for (const x of values) mean += x / values.length
  for (let i = 0; i < values.length; i++) values[i]! -= mean
}

function waysOf(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= Math.min(k, n - k) && ways <= mostExact; i++) ways = (ways * (n - i + 1)) / i
  return ways
}

/** The first `k` places become the next choice of k from n, in order. False after the last. */
function nextChoice(places: Uint32Array, k: number, n: number): boolean {
  let at = k - 1
  while (at >= 0 && places[at] === n - k + at) at--
  if (at < 0) return false
  places[at]!++
  for (let i = at + 1; i < k; i++) places[i] = places[i - 1]! + 1
  return true
}
