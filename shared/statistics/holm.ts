/**
 * Holm's correction: p-values as they stand when so many questions were asked at once. Among all metrics together, a
 * difference that is none passes in `1 - level` of all cases at most, whatever the metrics have to do with each other.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((i, j) => ps[i]! - ps[j]!)
  const adjusted = Array.from(ps, () => 1)
  let highest = 0
  for (const [rank, i] of order.entries()) {
    highest = Math.max(highest, Math.min(1, ps[i]! * (ps.length - rank)))
    adjusted[i] = highest
  }
  return adjusted
}
