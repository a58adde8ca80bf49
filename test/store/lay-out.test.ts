import { expect, test } from 'vitest'
import { layOut } from '../../shared/tree/lay-out.ts'

const unknown = Number.NaN

test('undated spans follow each other inside their parent, and the whole lasts as long as its last end', () => {
  // root 100 > (a 30, b ? > (c 20), d 10), then a second root 5
  const offset: number[] = []
  const whole = layOut({ duration: [100, 30, unknown, 20, 10, 5], last: [4, 1, 3, 3, 4, 5] }, offset)
  expect(offset).toEqual([0, 0, 30, 30, 50, 100])
  expect(whole).toBe(105)
})

test('children longer than their parent lengthen the whole, a negative length takes no room', () => {
  const offset: number[] = []
  expect(layOut({ duration: [10, 30, -5, 1], last: [3, 1, 2, 3] }, offset)).toBe(31)
  expect(offset).toEqual([0, 0, 30, 30])
})

test('where no span has a length nothing is known, and a chain of any depth is laid out', () => {
  expect(layOut({ duration: [unknown, unknown], last: [1, 1] })).toBeNaN()
  const n = 200_000
  const offset = new Float64Array(n)
  expect(layOut({ duration: new Float64Array(n).fill(1), last: new Uint32Array(n).fill(n - 1) }, offset)).toBe(1)
})
