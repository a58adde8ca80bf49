import { expect, test } from 'vitest'
import { entriesOf, sumsOf, sumsOfSeveral, without } from '../../electron/store/pivot/sums.ts'
import { bitsOf } from '../../electron/store/table/bytes.ts'
import { seededRandom } from '../helpers/random.ts'

const random = seededRandom(5)
const calls = 700
const groups = { key: undefined, size: 4, calls: undefined, codes: [], of: numbers(() => random.below(4), Uint32Array) }
const columns = [0, 0.1, 0.5, 1, 0.3, 0, 0.9].map(unknown =>
  numbers(() => (random.unit() < unknown ? Number.NaN : random.below(1e9)), Float64Array),
)

function numbers<A extends Uint8Array | Uint32Array | Float64Array>(one: () => number, array: new (n: number) => A): A {
  const made = new array(calls)
  for (let i = 0; i < calls; i++) made[i] = one()
  return made
}

test('columns that are added up together come to what each comes to alone', () => {
  for (const share of [0, 0.1, 0.5, 0.9, 1]) {
    const isIn = numbers(() => Number(random.unit() < share), Uint8Array)
    for (const entries of [entriesOf(groups, undefined), entriesOf(groups, isIn)]) {
      for (let many = 1; many <= columns.length; many++) {
        const some = columns.slice(0, many)
        expect(sumsOfSeveral(entries, some)).toEqual(some.map(column => sumsOf(entries, column)))
      }
    }
  }
})

test('what is left of all when the others are taken away is what those that are in come to', () => {
  const isIn = numbers(() => Number(random.unit() < 0.8), Uint8Array)
  for (const column of columns) {
    const [all, others] = [sumsOf(entriesOf(groups, undefined), column), sumsOf(entriesOf(groups, isIn, 0), column)]
    expect(without(all, others)).toEqual(sumsOf(entriesOf(groups, isIn), column))
  }
})

test.each([0, 1, 31, 32, 33, 700])('bits of %i bytes are the bytes', length => {
  const bytes = numbers(() => random.below(2), Uint8Array).subarray(0, length)
  for (const shifted of [bytes, new Uint8Array([0, ...bytes]).subarray(1)]) {
    const bits = bitsOf(shifted)
    expect(Array.from(bytes, (_, i) => (bits[i >>> 5]! >>> (i & 31)) & 1)).toEqual([...bytes])
  }
})
