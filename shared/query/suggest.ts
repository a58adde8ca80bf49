import { fieldNames } from './fields.ts'

/** The nearest names of fields, best first, at most three; none where nothing is near. */
export function nearestFields(written: string): string[] {
  return nearest(written, fieldNames)
}

/** The words of a list that a slip of the pen could have meant. */
export function nearest(written: string, words: readonly string[], most = 3): string[] {
  const text = written.toLowerCase()
  if (text.length > 40) return []
  const allowed = text.length < 4 ? 1 : text.length < 8 ? 2 : 3
  const near = words
    .map(word => ({ word, far: word.startsWith(text) && text.length > 1 ? 0.5 : distance(text, word) }))
    .sort((a, b) => a.far - b.far || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
  const limit = Math.min(allowed, (near[0]?.far ?? 0) + 1)
  return near
    .filter(({ far }) => far <= limit)
    .slice(0, most)
    .map(({ word }) => word)
}

/** How many letters must be put in, left out, replaced or swapped with the next. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
