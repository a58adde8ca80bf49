import { fold } from '../query/fold.ts'

/** Two inputs that have this share of their pieces in common are near. */
export const nearLikeness = 0.8

/** Characters of a piece: a changed digit of "where is order 1182?" leaves four in five of its pieces. */
const piece = 4
/** Pieces that are kept of a text; of more the likeness is an estimate, off by 0.025 (one standard deviation). */
const mostPieces = 256
/** Characters that are cut into pieces. */
const mostCharacters = 50_000

/** A text as it is compared: its pieces, those with the smallest hashes. */
export interface Sketch {
  readonly pieces: Uint32Array
  readonly length: number
}

/** Case, accents and the width of white space do not count. */
export function sketchOf(text: string): Sketch {
  const folded = fold(text).replace(/\s+/gu, ' ').trim()
  const hashes = new Set<number>()
  const end = Math.min(folded.length, mostCharacters)
  for (let i = 0; i === 0 || i + piece <= end; i++) hashes.add(hashAt(folded, i))
  return { pieces: Uint32Array.from(hashes).sort().slice(0, mostPieces), length: folded.length }
}

/** The share of all their pieces that both have (Jaccard, from bottom-k sketches): 1 of equal texts. */
export function likenessOf(a: Sketch, b: Sketch): number {
  const [longer, shorter] = a.length > b.length ? [a.length, b.length] : [b.length, a.length]
  // What was not cut into pieces differs as far as anybody knows.
  const most = longer === 0 ? 1 : shorter / longer
  if (most < nearLikeness) return most
  const [x, y] = [a.pieces, b.pieces]
  let [i, j, both, seen] = [0, 0, 0, 0]
  while (seen < mostPieces && (i < x.length || j < y.length)) {
    const [left, right] = [x[i] ?? Infinity, y[j] ?? Infinity]
    if (left === right) both++
    if (left <= right) i++
    if (right <= left) j++
    seen++
  }
  return Math.min(most, seen === 0 ? 1 : both / seen)
}

/** FNV-1a of a piece, its bits mixed so that the smallest hashes are a fair choice. */
function hashAt(text: string, from: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < from + piece && i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
