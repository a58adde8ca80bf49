/** A confidence interval; both ends belong to it. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** A number from data, and where the true one lies in `level` of all cases. */
export interface Estimate {
  readonly value: number
  readonly interval: Interval
}

export function isFiniteEstimate({ value, interval: { low, high } }: Estimate): boolean {
  return Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high)
}
