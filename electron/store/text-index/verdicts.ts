import type { TextMatch } from '../../../shared/query/text-match.ts'
import { textMatcher } from '../../../shared/query/text-match.ts'
import { fold } from '../../../shared/query/fold.ts'

/** Texts looked at between two looks at the clock. */
const between = 16

/**
 * What looking at texts has shown of a question so far. A text never changes: whoever asks again goes on from there, also
 * when the index has grown.
 */
export class Verdicts {
  private verdicts: Uint8Array = new Uint8Array(0)
  private readonly matches: (text: string) => boolean
  private readonly isRaw: boolean

  constructor(match: TextMatch) {
    this.matches = textMatcher(match)
    this.isRaw = match.type === 'regex'
  }

  /**
   * Looks at some of these texts (ascending), the latest first, until that time (`performance.now`). Answers of how many it
   * is known whether they match. Each call gets on, whatever the time.
   */
  look(texts: Uint32Array, read: (text: number) => string | undefined, until: number): number {
    const { matches, isRaw } = this
    this.widen((texts.at(-1) ?? 0) + 1)
    const { verdicts } = this
    let looked = 0
    let unknown = 0
    for (let i = texts.length - 1; i >= 0; i--) {
      const number = texts[i]!
      if (verdicts[number] !== unlooked) continue
      if (unknown > 0 || (looked > 0 && looked % between === 0 && performance.now() >= until)) {
        unknown++
        continue
      }
      const text = read(number)
      verdicts[number] = text !== undefined && matches(isRaw ? text : fold(text)) ? holds : fails
      looked++
    }
    return texts.length - unknown
  }

  /** Those of these texts that match, as far as is known. */
  matching(texts: Uint32Array): Uint32Array {
    return texts.filter(number => this.verdicts[number] === holds)
  }

  private widen(length: number): void {
    if (length <= this.verdicts.length) return
    const wider = new Uint8Array(Math.max(length, this.verdicts.length * 2))
    wider.set(this.verdicts)
    this.verdicts = wider
  }
}

const unlooked = 0
const fails = 1
const holds = 2
