import { expect, test } from 'vitest'
import { packBits, unpackBits } from '../../electron/store/text-index/sent-bits.ts'
import { SpanBits } from '../../electron/store/text-index/span-bits.ts'
import { seededRandom } from '../helpers/random.ts'

function sent(most: number, ids: Iterable<number>): { readonly bytes: number; readonly back: SpanBits } {
  const bits = new SpanBits(most)
  for (const id of ids) bits.add(id)
  const bytes = packBits(bits)
  // As it arrives: somewhere in a larger message.
  const message = new Uint8Array(bytes.length + 7)
  message.set(bytes, 3)
  const back = unpackBits(message.subarray(3, 3 + bytes.length))
  expect(back.words).toEqual(bits.words)
  return { bytes: bytes.length, back }
}

test('sets of spans arrive as they were sent, however many there are', () => {
  expect(sent(0, []).back.size).toBe(0)
  expect(sent(1_000_000, [0, 1, 127, 128, 129, 16_384, 1_000_000]).back.ids()).toEqual([
    0, 1, 127, 128, 129, 16_384, 1_000_000,
  ])
  const random = seededRandom(7)
  for (const share of [1e-5, 1e-3, 0.007, 0.008, 0.07, 0.5, 1]) {
    const most = 1 + random.below(300_000)
    const ids = Array.from({ length: most }, (_, id) => id).filter(() => random.below(1e6) < share * 1e6)
    expect(sent(most, ids).back.size).toBe(ids.length)
  }
})

test('few spans are few bytes, and many not more than their bits', () => {
  expect(sent(1_000_000, [5, 300_000, 999_999]).bytes).toBeLessThan(20)
  expect(
    sent(
      1_000_000,
      Array.from({ length: 900_000 }, (_, id) => id),
    ).bytes,
  ).toBeLessThan(125_100)
})
