/** Ranks from 1, those of equal values shared among them, each twice over: whole numbers, so that sums of them are exact. */
export function doubledRanks(values: Float64Array): { readonly ranks: Float64Array; readonly ties: number } {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const ranks = new Float64Array(values.length)
  let ties = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from]!]!
    while (to < order.length && value === values[order[to]!]) to++
    for (let k = from; k < to; k++) ranks[order[k]!] = from + to + 1
    const size = to - from
    ties += size * (size * size - 1)
  }
  return { ranks, ties }
}

/** In two sorted lists: of how many pairs b is the greater (equals count half), and Σ(t³ - t) over groups of equal values. */
export function pairsWon(a: Float64Array, b: Float64Array): { readonly won: number; readonly ties: number } {
  let [i, j] = [0, 0]
  let [won, ties] = [0, 0]
  while (i < a.length || j < b.length) {
    const value = j >= b.length || a[i]! <= b[j]! ? a[i]! : b[j]!
    const [fromA, fromB] = [i, j]
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    won += (j - fromB) * (fromA + (i - fromA) / 2)
    const size = i - fromA + j - fromB
    ties += size * (size * size - 1)
  }
  return { won, ties }
}
