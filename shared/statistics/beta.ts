import { logGamma } from './gamma.ts'

/** The regularized incomplete beta function I_x(a, b): how much of a Beta(a, b) variable lies below `x`. */
export function betaBelow(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && a + b < Infinity)) return Number.NaN
  if (!(x > 0)) return 0
  if (x >= 1) return 1
  return x < (a + 1) / (a + b + 2) ? tail(x, 1 - x, a, b) : 1 - tail(1 - x, x, b, a)
}

/** I_x(a, b) with 1 - x given beside it, so that a tiny rest keeps its digits. Good for x in the lower part only. */
function tail(x: number, rest: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  // Lentz's continued fraction; about √max(a, b) steps.
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return front * h
}

function nonZero(x: number): number {
  return Math.abs(x) < 1e-300 ? 1e-300 : x
}

/** Where a Beta(a, b) variable has `share` of itself below: the inverse of `betaBelow`, by halving to the last digit. */
export function betaQuantile(share: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && a + b < Infinity)) return Number.NaN
  if (!(share > 0)) return 0
  if (share >= 1) return 1
  let low = 0
  let high = 1
  for (let k = 0; k < 1100 && high - low > 1e-16 * high; k++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (betaBelow(middle, a, b) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Two-sided p of Student's t: what lies beyond ±t. Keeps its digits far out (t = 25 at 100 degrees: 8.2e-45, not 0). */
export function studentBeyond(t: number, degrees: number): number {
  if (!(degrees > 0 && degrees < Infinity) || Number.isNaN(t)) return Number.NaN
  if (Math.abs(t) === Infinity) return 0
  const square = t * t
  const x = degrees / (degrees + square)
  const inLower = x < (degrees / 2 + 1) / (degrees / 2 + 2.5)
  const [a, b] = [degrees / 2, 0.5]
  return inLower ? tail(x, square / (degrees + square), a, b) : 1 - tail(square / (degrees + square), x, b, a)
}

/** The t that has `share` below itself. */
export function studentQuantile(share: number, degrees: number): number {
  if (share === 0.5) return 0
  const x = betaQuantile(2 * Math.min(share, 1 - share), degrees / 2, 0.5)
  return Math.sign(share - 0.5) * Math.sqrt((degrees * (1 - x)) / x)
}
