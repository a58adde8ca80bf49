import { fold } from './fold.ts'

/** A folded text that remembers where it came from. */
export interface Folded {
  readonly text: string
  /** The place in the original where what stands at this place of the folded text begins, or, for an end, ends. */
  readonly begin: (at: number) => number
  readonly end: (at: number) => number
}

const same = (at: number): number => at

/**
 * Folds a text piece by piece, so that each place leads back: `İ` becomes two characters, `é` written as two becomes one.
 * The text is exactly what `fold` gives.
 */
export function foldPlaces(text: string): Folded {
  const whole = fold(text)
  if (whole.length === text.length && isAligned(text, whole)) return { text: whole, begin: same, end: same }
  // A letter and the marks after it; where letters join besides (Hangul written in parts) what a reader takes for one.
  return byPieces(text.match(letters) ?? [], whole) ?? byPieces(graphemes(text), whole) ?? coarse(text, whole)
}

const letters = /\P{M}\p{M}*|\p{M}+/gu

/** Lengths that agree may hide two differences that cancel out: each character must be its own. */
function isAligned(text: string, whole: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 128) continue
    if (unit >= 0xd800 && unit < 0xe000) continue
    if (fold(text[i]!) !== whole[i]) return false
  }
  return true
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)
}

/** Undefined where the pieces do not add up to the whole. */
function byPieces(pieces: readonly string[], whole: string): Folded | undefined {
  const begins = new Uint32Array(whole.length + 1)
  const ends = new Uint32Array(whole.length + 1)
  let [at, from] = [0, 0]
  for (const piece of pieces) {
    const folded = fold(piece)
    if (!whole.startsWith(folded, at)) return undefined
    for (let k = 0; k < folded.length; k++) {
      begins[at + k] = from
      ends[at + k + 1] = from + piece.length
    }
    at += folded.length
    from += piece.length
  }
  if (at !== whole.length) return undefined
  begins[at] = from
  return { text: whole, begin: place => begins[place] ?? from, end: place => ends[place] ?? from }
}

/** Nothing is known but the ends: the whole text is what was found. */
function coarse(text: string, whole: string): Folded {
  return { text: whole, begin: () => 0, end: () => text.length }
}
