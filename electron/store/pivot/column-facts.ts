/** What a loop over a column need not ask of each number. */
export interface ColumnFacts {
  /** How many are NaN. */
  readonly unknown: number
  /** The furthest from zero; 0 where none is known. */
  readonly largest: number
}

const known = new WeakMap<Float64Array, ColumnFacts>()

/** Told once a column. */
export function factsOf(numbers: Float64Array): ColumnFacts {
  const found = known.get(numbers)
  if (found) return found
  let [least, most, told] = [0, 0, 0]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    // NaN is not itself.
    if (number === number) told++
    if (number < least) least = number
    if (number > most) most = number
  }
  const facts = { unknown: numbers.length - told, largest: Math.max(most, -least) }
  known.set(numbers, facts)
  return facts
}
