import { gammaBeyond } from './gamma.ts'

/** How much of a standard normal variable lies below `z`. Both tails keep their digits. */
export function normalBelow(z: number): number {
  const beyond = gammaBeyond(0.5, (z * z) / 2) / 2
  return z < 0 ? beyond : 1 - beyond
}

/** Two-sided p: what lies beyond ±z. */
export function normalBeyond(z: number): number {
  return gammaBeyond(0.5, (z * z) / 2)
}

/** The z that has `share` below itself. */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity
  if (share >= 1) return Infinity
  if (share === 0.5) return 0
  const small = Math.min(share, 1 - share)
  // Abramowitz and Stegun 26.2.23 is off by 4.5e-4 at most; Halley's steps do the rest.
  const t = Math.sqrt(-2 * Math.log(small))
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let k = 0; k < 4; k++) {
    const off = (small - normalBelow(-z)) / (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
    const step = off / (1 + (z * off) / 2)
    z -= step
    if (Math.abs(step) < 1e-15 * z) break
  }
  return share < 0.5 ? -z : z
}
