import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange, printRange } from '../../../renderer/views/trace/model/range-link.ts'

test('a range is read as it was written, to the microsecond', () => {
  expect(printRange({ from: 2_000_000, to: 9_500_000 })).toBe('2000..9500ms')
  const time = fc.nat({ max: 2 ** 40 })
  fc.assert(
    fc.property(time, time, (a, b) => {
      fc.pre(a !== b)
      const range = { from: Math.min(a, b), to: Math.max(a, b) }
      expect(parseRange(printRange(range))).toEqual(range)
    }),
  )
})

test.each(['', '1..2', '2..1ms', '-1..2ms', '1..1ms', '1e3..2e3ms', '1..2ms ', 'NaN..2ms'])('%j is none', text => {
  expect(parseRange(text)).toBeUndefined()
})
