import { expect, test } from 'vitest'
import { likenessOf, nearLikeness, sketchOf } from '../../shared/prompts/likeness.ts'

const likeness = (a: string, b: string) => likenessOf(sketchOf(a), sketchOf(b))

/** The share of pieces of four characters that both have, by sets. */
function jaccard(a: string, b: string): number {
  const pieces = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 3) }, (_, i) => text.slice(i, i + 4)))
  const [x, y] = [pieces(a), pieces(b)]
  const both = [...x].filter(one => y.has(one)).length
  return both / (x.size + y.size - both)
}

test('of short texts the likeness is exact', () => {
  expect(likeness('where is order 1182?', 'where is order 1183?')).toBe(
    jaccard('where is order 1182?', 'where is order 1183?'),
  )
  expect(likeness('a', 'a')).toBe(1)
  expect(likeness('a', 'b')).toBe(0)
  expect(likeness('', '')).toBe(1)
  expect(likeness('مرحبا كيف حالك اليوم يا صديقي', 'مرحبا كيف حالك اليوم يا صديقي!')).toBeGreaterThan(nearLikeness)
})

test('of long texts it is near to what sets say, and no more than their lengths allow', () => {
  const words = (from: number, n: number) => Array.from({ length: n }, (_, i) => `${(from + i) ** 3}`).join(' ')
  for (const changed of [50, 200, 600]) {
    const [a, b] = [words(0, 2000), `${words(0, 2000 - changed)} ${words(90_000, changed)}`]
    expect(Math.abs(likeness(a, b) - jaccard(a, b))).toBeLessThan(0.1)
  }
  expect(likeness('x'.repeat(60_000), 'x'.repeat(100_000))).toBe(0.6)
})
