import { countTokens, setMergeCacheSize } from 'gpt-tokenizer/encoding/o200k_base'
import { setImmediate as turn } from 'node:timers/promises'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { cancelled } from '../rpc/channel.ts'

/** Tokens by o200k, the encoding of OpenAI's models since 2024. */
export interface TokenCount {
  readonly tokens: number
  /** Of `characters` so many were counted before the time was over; the others are taken to be like them. */
  readonly counted: number
  readonly characters: number
}

/** Milliseconds after which others have a turn. */
const slice = 16
/** Characters of a piece. Merging takes the square of a run without spaces: 1 MB of one letter as it is would take hours. */
const mostPiece = 512
/** Whatever a text says of ends of texts is text. */
const asText = { disallowedSpecial: new Set<string>() }
/** Of 100,000 runs that the library remembers by itself hostile text makes 100 MB. */
setMergeCacheSize(5000)

/**
 * Counts what it can in its time. What is counted is spread over the whole: a text whose beginning is unlike its rest is not
 * judged by its beginning.
 */
export async function countTexts(
  texts: readonly string[],
  milliseconds: number,
  signal: CancelSignal,
): Promise<TokenCount> {
  const pieces = texts.flatMap(piecesOf)
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const step = strideOf(pieces.length)
  let [tokens, counted, spent, began] = [0, 0, 0, performance.now()]
  for (let n = 0, at = 0; n < pieces.length; n++, at = (at + step) % pieces.length) {
    const piece = pieces[at]!
    tokens += countTokens(piece, asText)
    counted += piece.length
    const lasted = performance.now() - began
    if (spent + lasted > milliseconds) break
    if (lasted < slice) continue
    await turn()
    if (signal.aborted) throw cancelled()
    spent += lasted
    began = performance.now()
  }
  return { tokens: counted === 0 ? 0 : Math.round((tokens * characters) / counted), counted, characters }
}

/** Cut before a space, where tokens mostly begin, else where no character is cut in two. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + mostPiece)
    if (end < text.length) {
      // Looked for in the piece: in a text without spaces it would be looked for up to its beginning, each time.
      const space = text.slice(at, end + 1).lastIndexOf(' ')
      if (space > mostPiece / 2) end = at + space
      else if (isLowSurrogate(text.charCodeAt(end))) end--
    }
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

function isLowSurrogate(unit: number): boolean {
  return unit >> 10 === 0x37
}

/** A step that meets every piece once, and at any time those met lie evenly: the golden section of their number. */
function strideOf(count: number): number {
  let step = Math.max(1, Math.round(count * 0.618))
  while (commonDivisor(step, count) > 1) step++
  return step
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
