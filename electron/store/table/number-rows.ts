import type { Interval } from '../../../shared/query/plan.ts'
import type { Rows } from './matching.ts'

/** NaN is within nothing. Without a branch, of which processors would foresee every other wrongly: a fifth of the time. */
export function numberRows(numbers: Float64Array, { least, most, leastIsOpen, mostIsOpen }: Interval): Rows {
  const found = new Uint8Array(numbers.length)
  let from = least === undefined ? Number.NEGATIVE_INFINITY : Number(least)
  let to = most === undefined ? Number.POSITIVE_INFINITY : Number(most)
  if (leastIsOpen) from = nextUp(from)
  if (mostIsOpen) to = -nextUp(-to)
  for (let i = 0; i < found.length; i++) found[i] = Number(numbers[i]! >= from) & Number(numbers[i]! <= to)
  return found
}

const asDouble = new Float64Array(1)
const asBits = new BigInt64Array(asDouble.buffer)

/** The least double that is larger; NaN for infinity, than which none is. */
function nextUp(number: number): number {
  if (number === 0) return Number.MIN_VALUE
  asDouble[0] = number
  asBits[0]! += number > 0 ? 1n : -1n
  return asDouble[0]
}
