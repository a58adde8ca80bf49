import { normalQuantile } from './normal.ts'
import type { Share } from './shares.ts'

/** What data must be able to show: a difference that is there is seen in four of five cases. */
const power = 0.8

/** How many standard errors a difference must be away from none for that. */
function errorsAway(level: number): number {
  return normalQuantile((1 + level) / 2) + normalQuantile(power)
}

/** The smallest difference that data with this standard error would show in four of five cases. */
export function detectableDifference(standardError: number, level = 0.95): number {
  return errorsAway(level) * standardError
}

/** As above for two shares. Where none or all hit, two more of each kind keep it from being nothing (Agresti and Coull). */
export function detectableShareDifference(a: Share, b: Share, level = 0.95): number {
  const p = (a.hits + b.hits + 2) / (a.n + b.n + 4)
  return Math.min(1, detectableDifference(Math.sqrt(p * (1 - p) * (1 / a.n + 1 / b.n)), level))
}

/** How many calls each version needs to show this difference of means in four of five cases. */
export function callsNeeded(difference: number, standardDeviation: number, level = 0.95): number {
  return Math.ceil(2 * ((errorsAway(level) * standardDeviation) / difference) ** 2)
}

/** How many calls each version needs to show that a share went from one to the other. */
export function callsNeededForShares(from: number, to: number, level = 0.95): number {
  return Math.ceil((errorsAway(level) / (to - from)) ** 2 * (from * (1 - from) + to * (1 - to)))
}
