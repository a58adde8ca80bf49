import { fold, letterOf, separator, spaced, type Letter } from '../../../shared/query/fold.ts'
import { longestWord } from './words.ts'

// Texts as the index has them. It splits at spaces only: which letters are words is for the query language to say, so that
// index and scan agree. A run of a script without spaces stands as pairs of neighbours and its last character: pairs say
// what is written together, and a single character is the beginning of a pair or stands alone.

/** Collects texts as the index has them, one after another in UTF-8. The tokenizer lowers ASCII and splits at its punctuation. */
export class WordText {
  bytes = Buffer.allocUnsafe(1 << 20)
  /** Where the last one ends. */
  used = 0

  /** Answers whether some of its words were cut. */
  add(text: string): boolean {
    const from = this.used
    this.write(text)
    const isPlain = this.used - from === text.length
    if (!isPlain || text.includes('\0')) {
      const spelled = spell(text)
      this.used = from
      this.write(spelled)
    }
    if (!hasLongWord(this.bytes, from, this.used)) return false
    this.used = from
    const { words, isCut } = wordTextOf(fold(text))
    this.write(words)
    return isCut
  }

  private write(text: string): void {
    const most = this.used + (text.length < 1 << 16 ? 3 * text.length : Buffer.byteLength(text))
    if (most > this.bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, most))
      this.bytes.copy(wider, 0, 0, this.used)
      this.bytes = wider
    }
    this.used += this.bytes.write(text, this.used)
  }
}

/** Whether some word has more bytes than any word may have characters. Looks at one byte in 81: a word that long holds one of those. */
function hasLongWord(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from + longestWord; at < to; at += longestWord + 1) {
    if (!isInWord(bytes[at]!)) continue
    let [start, end] = [at, at + 1]
    while (start > from && isInWord(bytes[start - 1]!)) start--
    while (end < to && isInWord(bytes[end]!)) end++
    if (end - start > longestWord) return true
  }
  return false
}

/** Of two ranges an or: what is not ASCII and no letter is not written. */
function isInWord(byte: number): boolean {
  const lower = byte | 32
  return (lower >= 97 && lower <= 122) || (byte >= 48 && byte <= 57) || byte >= 128
}

/** What is not ASCII, and the character before it, which it may change. */
const foreign = /[\u0000-\u007f]?[^\u0000-\u007f]+|\u0000/g // oxlint-disable-line no-control-regex

/** Folded where it is not ASCII: ASCII begins anew for whatever folding looks at. */
function spell(text: string): string {
  return text.replace(foreign, spellRun)
}

/** Runs seen lately: apostrophes and dashes, single letters with what stood before them. */
let known = new Map<string, string>()
const longestKnown = 4
const mostKnown = 20_000

function spellRun(run: string): string {
  if (run.length > longestKnown) return spelledRun(run)
  let found = known.get(run)
  if (found === undefined) {
    found = spelledRun(run)
    if (known.size >= mostKnown) known = new Map()
    known.set(run, found)
  }
  return found
}

/** A run between ASCII: a word in it may go on from what stands before and into what follows. */
function spelledRun(run: string): string {
  const folded = fold(run)
  let words = ''
  let before: Letter = separator
  for (let at = 0; at < folded.length;) {
    const code = folded.codePointAt(at)!
    const letter = letterOf(code)
    const next = at + (code > 0xffff ? 2 : 1)
    if (letter === spaced) words += folded.slice(at, next)
    else if (letter === separator) words += ' '
    else words += `${before === spaced ? ' ' : ''}${spacelessAt(folded, at, next, letter)} `
    before = letter
    at = next
  }
  return words
}

/** The character at a place and the one after it, where that is of the same sort. */
function spacelessAt(folded: string, at: number, next: number, letter: Letter): string {
  const follower = folded.codePointAt(next)
  const isGlued = follower !== undefined && letterOf(follower) === letter
  return folded.slice(at, isGlued ? next + (follower > 0xffff ? 2 : 1) : next)
}

/** Word by word, and those that are too long cut. */
export function wordTextOf(folded: string): { readonly words: string; readonly isCut: boolean } {
  let words = ''
  let isCut = false
  let before: Letter = separator
  let from = 0
  const close = (to: number): void => {
    if (before !== spaced) return
    if (to - from > longestWord) isCut = true
    words += `${folded.slice(from, Math.min(to, from + longestWord))} `
  }
  for (let at = 0; at < folded.length;) {
    const code = folded.codePointAt(at)!
    const letter = letterOf(code)
    const next = at + (code > 0xffff ? 2 : 1)
    if (letter !== spaced || before !== spaced) {
      close(at)
      from = at
    }
    if (letter !== spaced && letter !== separator) words += `${spacelessAt(folded, at, next, letter)} `
    before = letter
    at = next
  }
  close(folded.length)
  return { words, isCut }
}
