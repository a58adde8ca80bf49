import { wordsOf, type Word } from '../../../shared/query/text-match.ts'

// Questions as the index has them; `word-text.ts` is its texts.

/** Longer words are cut here: ids and keys that nobody types. Texts with such a word are looked at again. */
export const longestWord = 80

/** What to ask the index for. */
export interface Asked {
  /** An expression of FTS5. */
  readonly match: string
  /** Every text it finds matches; else they are looked at. */
  readonly isExact: boolean
}

/** The words of a phrase one after another; its last may go on where `prefix` says so. */
export function askPhrase(text: string, prefix: boolean): Asked {
  const runs = runsOf(wordsOf(text))
  const isCut = runs.some(run => !run[0]!.isSpaceless && run[0]!.text.length >= longestWord)
  // Whether separators stand between two characters or none, both are pairs of runs: no one phrase says that.
  const isOne = runs.every((run, i) => i === 0 || !run[0]!.isSpaceless || !runs[i - 1]![0]!.isSpaceless)
  if (isOne) return { match: phraseOf(runs, prefix), isExact: !isCut }
  return { match: runs.map(run => phraseOf([run], prefix)).join(' AND '), isExact: false }
}

/** A word each, or characters that are written together. */
function runsOf(words: readonly Word[]): Word[][] {
  const runs: Word[][] = []
  for (const word of words) {
    const last = runs.at(-1)
    if (last && word.isSpaceless && word.isGlued && last[0]!.isSpaceless) last.push(word)
    else runs.push([word])
  }
  return runs
}

function phraseOf(runs: readonly (readonly Word[])[], prefix: boolean): string {
  const tokens: string[] = []
  let goesOn = false
  for (const [i, run] of runs.entries()) {
    const isLast = i === runs.length - 1
    const [first] = run
    if (!first!.isSpaceless) {
      tokens.push(first!.text.slice(0, longestWord))
      goesOn = isLast && (prefix || first!.text.length > longestWord)
      continue
    }
    for (let k = 0; k + 1 < run.length; k++) tokens.push(run[k]!.text + run[k + 1]!.text)
    // The last character stands by itself only where the run ends; alone it may begin a pair.
    if (!isLast || run.length === 1) tokens.push(run.at(-1)!.text)
    if (isLast) goesOn = run.length === 1
  }
  return `"${tokens.join(' ')}"${goesOn ? ' *' : ''}`
}

/** Words of a piece that stands anywhere: those at its ends may be parts of longer ones. */
export interface Needle {
  readonly word: string
  /** What may stand before and after it within the word. */
  readonly isOpenBefore: boolean
  readonly isOpenAfter: boolean
}

/** What every text that holds this piece must have; empty where that is nothing the index knows. */
export function needlesOf(piece: string): { readonly needles: readonly Needle[]; readonly phrases: readonly string[] } {
  const words = wordsOf(piece)
  const needles: Needle[] = []
  const phrases: string[] = []
  for (const run of runsOf(words)) {
    const [first] = run
    if (first!.isSpaceless) {
      phrases.push(phraseOf([run], false))
      continue
    }
    const word = first!.text.slice(0, longestWord)
    const isOpenBefore = first === words[0] && piece.startsWith(first!.text)
    const isOpenAfter = first === words.at(-1) && piece.endsWith(first!.text)
    if (!isOpenBefore && !isOpenAfter) phrases.push(`"${word}"`)
    else if (!isOpenBefore) phrases.push(`"${word}" *`)
    else needles.push({ word, isOpenBefore, isOpenAfter })
  }
  return { needles, phrases }
}
