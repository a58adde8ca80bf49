export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Between two values when it falls between them. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN]
  return below + (above - below) * (at - Math.floor(at))
}

/** Median of the ratios within each round: a slow moment hits both. */
export function pairRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, i) => value / below[i]!))
}
