import type { Place } from './ast.ts'
import { fold, letterAt, letterBefore, letterOf, separator, spaced, spaceless } from './fold.ts'
import { compileRegex } from './regex/compile.ts'

/**
 * How a text is searched. All but `regex` ignore case and accents, and are given folded (`fold`).
 *
 * `phrase`: these words one after another, whatever separates them; in Chinese, Japanese and Thai each character is a
 * word, and those written together must stand together. `prefix`: the last one may go on. `substring`: these characters
 * as they are. `pattern`: within a run without spaces, these pieces in order; where it is not open it begins or ends at
 * the edge of a word.
 */
export type TextMatch =
  | { readonly type: 'phrase'; readonly text: string; readonly prefix: boolean }
  | { readonly type: 'substring'; readonly text: string }
  | { readonly type: 'pattern'; readonly pieces: readonly string[] }
  | { readonly type: 'regex'; readonly source: string; readonly ignoreCase: boolean }

/** A word of a query, stars in it standing for any run; or what stood between quotation marks. */
export function textMatch(written: string, isPattern: boolean): TextMatch {
  const text = fold(written)
  if (!isPattern || !text.includes('*')) return phraseOrSubstring(text, false)
  const pieces = text.split(/\*+/)
  const [first, second, third] = pieces
  if (pieces.length === 3 && first === '' && third === '') return { type: 'substring', text: second! }
  if (pieces.length === 2 && second === '' && wordsOf(first!).length > 0)
    return phraseOrSubstring(first!, endsInWord(first!))
  return { type: 'pattern', pieces }
}

/** Punctuation alone has no words: it is looked for as it is. */
function phraseOrSubstring(text: string, prefix: boolean): TextMatch {
  return wordsOf(text).length > 0 ? { type: 'phrase', text, prefix } : { type: 'substring', text }
}

function endsInWord(text: string): boolean {
  return letterBefore(text, text.length) !== separator
}

export interface Word {
  readonly text: string
  readonly isSpaceless: boolean
  /** Nothing separates it from the word before. */
  readonly isGlued: boolean
}

/** The words of a folded text. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let from = 0
  let before = separator
  const close = (to: number): void => {
    if (before === spaced)
      words.push({ text: text.slice(from, to), isSpaceless: false, isGlued: letterBefore(text, from) !== separator })
  }
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!
    const letter = letterOf(code)
    const next = at + (code > 0xffff ? 2 : 1)
    if (letter !== spaced || before !== spaced) {
      close(at)
      from = at
    }
    if (letter === spaceless)
      words.push({ text: text.slice(at, next), isSpaceless: true, isGlued: before !== separator })
    before = letter
    at = next
  }
  close(text.length)
  return words
}

/** Whether a text matches; it is given folded unless the match is a regex. */
export function textMatcher(match: TextMatch): (text: string) => boolean {
  if (match.type === 'substring') return text => text.includes(match.text)
  if (match.type === 'phrase') return phraseMatcher(match.text, match.prefix)
  if (match.type === 'pattern') return text => fitsPattern(text, match.pieces)
  const compiled = compileRegex(match.source, match.ignoreCase)
  return compiled.ok ? text => compiled.regex.test(text) : () => false
}

function phraseMatcher(phrase: string, prefix: boolean): (text: string) => boolean {
  const words = wordsOf(phrase)
  const first = words[0]!.text
  const longest = words.reduce((best, { text }) => (text.length > best.length ? text : best), '')
  return text => {
    if (!text.includes(longest)) return false
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      if (standsAt(text, at, words, prefix) >= 0) return true
    }
    return false
  }
}

/** Where words end that stand here, one after another; -1 where they do not. */
export function standsAt(text: string, from: number, words: readonly Word[], prefix: boolean): number {
  let at = from
  for (const [i, word] of words.entries()) {
    const isTogether = word.isGlued && word.isSpaceless && words[i - 1]?.isSpaceless
    if (i > 0 && !isTogether)
      while (at < text.length && letterAt(text, at) === separator) at += text.codePointAt(at)! > 0xffff ? 2 : 1
    if (!text.startsWith(word.text, at)) return -1
    const end = at + word.text.length
    const goesOn = prefix && i === words.length - 1
    if (!word.isSpaceless && (letterBefore(text, at) === spaced || (!goesOn && letterAt(text, end) === spaced)))
      return -1
    at = end
  }
  return at
}

function fitsPattern(text: string, pieces: readonly string[]): boolean {
  return (
    pieces.every(piece => text.includes(piece)) && text.split(/\s+/u).some(run => fitsRun(run, pieces) !== undefined)
  )
}

/** Where the pieces stand in a run: from the beginning of the first that is not empty to the end of the last. */
export function fitsRun(run: string, pieces: readonly string[]): Place | undefined {
  let at = 0
  let from: number | undefined
  for (const [i, piece] of pieces.entries()) {
    const fits = (from: number): boolean =>
      piece === '' || ((i > 0 || isEdge(run, from)) && (i < pieces.length - 1 || isEdge(run, from + piece.length)))
    let found = run.indexOf(piece, at)
    while (found >= 0 && !fits(found)) found = run.indexOf(piece, found + 1)
    if (found < 0) return undefined
    at = found + piece.length
    if (piece !== '') from ??= found
  }
  return { from: from ?? 0, to: at }
}

/** Whether a word may begin or end here: not between two letters of one. */
function isEdge(run: string, at: number): boolean {
  return letterBefore(run, at) !== spaced || letterAt(run, at) !== spaced
}
