/** What a loop over a column need not ask of each number. */
export interface ColumnFacts {
  /** How many are NaN. */
  readonly unknown: number
  /** None is further from zero. */
  readonly largest: number
  /** None has a fraction. */
  readonly whole: boolean
}

const known = new WeakMap<Float64Array, ColumnFacts>()

/** What was found out when the column was kept. */
export function noteFacts(numbers: Float64Array, facts: ColumnFacts): void {
  known.set(numbers, facts)
}

/** Told once a column. */
export function factsOf(numbers: Float64Array): ColumnFacts {
  const found = known.get(numbers)
  if (found) return found
  let [least, most, told, whole] = [0, 0, 0, true]
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    // NaN is not itself.
    if (number !== number) continue
    told++
    if (Math.floor(number) !== number) whole = false
    if (number < least) least = number
    if (number > most) most = number
  }
  const facts = { unknown: numbers.length - told, largest: Math.max(most, -least), whole }
  known.set(numbers, facts)
  return facts
}
