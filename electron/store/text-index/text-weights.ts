// How much a text that matches says about what was asked: BM25 over texts, each of which counts as said once. How often a
// word stands in a text is not asked: most are short, and in long ones a length says nearly as much.

const k1 = 1.2
const b = 0.75

/** What a text weighs in a span that repeats it: a history says again what a call before was about. */
export const againWeight = 0.5

/** The weight of each of `found` texts among `all`, by its length and the mean of all. */
export function weightOfTexts(all: number, found: number, lengths: Float32Array): (text: number) => number {
  const rarity = Math.log(1 + (all - found + 0.5) / (found + 0.5))
  let sum = 0
  for (const length of lengths) sum += length
  const mean = Math.max(1, sum / Math.max(1, all))
  return text => (rarity * (k1 + 1)) / (1 + k1 * (1 - b + (b * (lengths[text] ?? mean)) / mean))
}
