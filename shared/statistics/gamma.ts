const halfLogTwoPi = Math.log(2 * Math.PI) / 2
/** B(2k) / (2k (2k - 1)) of Stirling's series; from 15 on these five leave less than 1e-15. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188]

/** ln Γ(x) of a positive x. Accurate to about 1e-15 of the larger of 1 and itself. */
export function logGamma(x: number): number {
  let product = 1
  let at = x
  while (at < 15) product *= at++
  let series = 0
  for (let k = stirling.length - 1; k >= 0; k--) series = series / (at * at) + stirling[k]!
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + series / at - Math.log(product)
}

/** The upper regularized incomplete gamma function Q(a, x): what a gamma variable of shape `a` has beyond `x`. */
export function gammaBeyond(a: number, x: number): number {
  if (!(x > 0)) return 1
  if (x === Infinity) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; k < 10_000 && term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    return 1 - front * sum
  }
  // Lentz's continued fraction: keeps its digits where 1 - P would have none left.
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let k = 1; k < 10_000; k++) {
    const an = -k * (k - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const step = c * d
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return front * h
}
