import type { Input, Output } from '../../../shared/contract/index.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { sortedBy } from '../lists/order.ts'
import { countedCalls } from '../pivot/calls.ts'
import { rankOf } from '../pivot/percentiles.ts'
import { callsOf } from '../pivot/pivot.ts'
import { numbersOf } from '../table/numbers.ts'
import { linearEdges, logEdges, placeIn } from './edges.ts'
import { countsOf } from './series.ts'

/** How many calls have how much of something, in turns. */
export function* spreadOf(
  asked: Asked,
  { of, scale, most }: Omit<Input<'charts.spread'>, 'where'>,
): Generator<void, Output<'charts.spread'>> {
  const { table } = asked.subject
  const isIn = callsOf(asked)
  yield
  const { row, count } = countedCalls(table)
  const numbers = table.derived(`chart ${of}`, () => {
    const byRow = numbersOf(table, of)!
    return Float64Array.from(row, at => byRow[at]!)
  })
  const order = table.derived(`chart order ${of}`, () => sortedBy(numbers, false))
  yield
  const known = new Float64Array(count)
  let n = 0
  for (let k = 0; k < count; k++) {
    const call = order[k]!
    if (isIn?.[call] === 0) continue
    const number = numbers[call]!
    // Those that do not know come last.
    if (number !== number) break
    known[n++] = number
  }
  const sorted = known.subarray(0, n)
  yield
  const zeros = scale === 'log' ? sorted.findLastIndex(number => number <= 0) + 1 : 0
  const drawn = sorted.subarray(zeros)
  const [least, greatest] = [drawn[0], drawn.at(-1)]
  const edges =
    least === undefined || greatest === undefined
      ? new Float64Array()
      : scale === 'log'
        ? logEdges(least, greatest, most)
        : linearEdges(least, greatest, most)
  const counts = new Uint32Array(Math.max(0, edges.length - 1))
  for (let k = 0; k < drawn.length; k++) counts[placeIn(edges, drawn[k]!)]!++
  return {
    exact: asked.exact,
    ...searchedOf(asked),
    ...countsOf(isIn, numbers, count),
    zeros,
    edges,
    counts,
    percentiles:
      n === 0 ? new Float64Array() : Float64Array.of(...[50, 95, 99].map(share => sorted[rankOf(n, share)]!)),
  }
}
