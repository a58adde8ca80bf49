import { expect, test } from 'vitest'
import { rowsOfIds } from '../../../renderer/views/trace/model/rows-of-ids.ts'

const found = (all: readonly number[], ids: readonly number[]) => [
  ...rowsOfIds(Float64Array.from(all), Float64Array.from(ids)),
]

test('ids that follow one another, and those of a trace that came in pieces, are found in any order', () => {
  expect(found([7, 8, 9, 11], [11, 7])).toEqual([1, 0, 0, 1])
  expect(found([11, 8, 7], [7, 8])).toEqual([0, 1, 1])
  expect(found([5, 4_000_000_000, 6], [6, 4_000_000_000])).toEqual([0, 1, 1])
})

test('ids of other traces match nothing', () => {
  expect(found([7, 8, 9], [6, 10, 4_000_000_000])).toEqual([0, 0, 0])
  expect(found([7, 4_000_000_000], [6, 8])).toEqual([0, 0])
  expect(found([], [6])).toEqual([])
})
