import { expect, test } from 'vitest'
import { numberRows } from '../../electron/store/table/number-rows.ts'

const { MAX_VALUE, MIN_VALUE, EPSILON, NaN: none } = Number
const numbers = [
  none,
  -Infinity,
  -MAX_VALUE,
  -5,
  -MIN_VALUE,
  -0,
  0,
  MIN_VALUE,
  1,
  1 + EPSILON,
  2 ** 53,
  MAX_VALUE,
  Infinity,
]

test('a number is within its bounds to the last bit, whether they belong to it or not', () => {
  const bounds = [undefined, ...numbers.slice(1)]
  for (const least of bounds) {
    for (const most of bounds) {
      for (const [leastIsOpen, mostIsOpen] of [[], [true], [undefined, true], [true, true]] as const) {
        const interval = {
          ...(least === undefined ? {} : { least }),
          ...(most === undefined ? {} : { most }),
          ...(leastIsOpen ? { leastIsOpen } : {}),
          ...(mostIsOpen ? { mostIsOpen } : {}),
        }
        const [from, to] = [least ?? -Infinity, most ?? Infinity]
        const within = numbers.map(
          one => (leastIsOpen ? one > from : one >= from) && (mostIsOpen ? one < to : one <= to),
        )
        expect([...numberRows(Float64Array.from(numbers), interval)]).toEqual(within.map(Number))
      }
    }
  }
})
