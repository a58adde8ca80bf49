import { diffWordsWithSpace } from 'diff'

export interface WordPiece {
  /** Its place among the pieces. */
  readonly at: number
  readonly text: string
  readonly kind: 'same' | 'added' | 'removed'
}

/** Characters of both together past which two texts are told apart whole. */
const longest = 20_000
const mostEdits = 2000

/** What of a text was taken out and put in, word by word; undefined where hardly anything stayed. */
export function wordPieces(before: string, after: string): readonly WordPiece[] | undefined {
  // A name is one word, and another name another.
  if (before.length + after.length > longest || !/\s/.test(before) || !/\s/.test(after)) return undefined
  const pieces = diffWordsWithSpace(before, after, { maxEditLength: mostEdits })?.map(
    ({ value, added, removed }, at) => ({
      at,
      text: value,
      kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
    }),
  )
  const same = pieces?.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0), 0) ?? 0
  return same * 4 >= Math.max(before.length, after.length) ? pieces : undefined
}
