import { expect, test } from 'vitest'
import { KeyedHash } from '../../electron/store/text-index/keyed-hash.ts'

const hash = new KeyedHash()

function hashOf(text: string, by = hash): number[] {
  by.ofText(text)
  return [by.low, by.high]
}

test('texts that differ in anything have other hashes', () => {
  const texts = ['', '\0', '\0\0', 'a', 'b', 'ab', 'ba', 'é', '\ud83d', '\ude00', '\ufffd', '😀', 'x\ud83d', 'x\ufffd']
  for (let n = 1; n < 300; n++) texts.push('q'.repeat(n + 1), `${'q'.repeat(n)}é`, `${'q'.repeat(n)}\ud83d`)
  for (const long of [90_000, 90_001, 200_000])
    texts.push('q'.repeat(long), `${'q'.repeat(long)}r`, `r${'q'.repeat(long)}`)
  for (let i = 0; i < 50_000; i++) texts.push(`message ${i} of many`)
  const [lows, highs] = [new Set<number>(), new Set<number>()]
  for (const text of texts) {
    const [low, high] = hashOf(text)
    lows.add(low!)
    highs.add(high!)
  }
  expect(new Set(texts).size).toBe(texts.length)
  // Of 32 bits alone a pair in a run may be alike, hardly more.
  expect(texts.length - lows.size).toBeLessThan(5)
  expect(texts.length - highs.size).toBeLessThan(5)
})

test('the same text has the same hash, with another key another', () => {
  for (const text of ['', 'zebra', 'x\ud83d', 'q'.repeat(100_000)]) {
    expect(hashOf(text)).toEqual(hashOf(text))
    expect(hashOf(text)).not.toEqual(hashOf(text, new KeyedHash()))
  }
})
