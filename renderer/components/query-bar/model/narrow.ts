import type { Completions } from '../../../../shared/query/complete.ts'

/** What was offered, and for which text and cursor. */
export interface OfferedFor {
  readonly completions: Completions
  readonly text: string
  readonly cursor: number
}

/** Letters that go on with a word, and end no name and no value. */
const partOfWord = /^[\p{L}\p{N}_-]*$/u

/**
 * What of it holds for the text as it is by now, in places of that text: all of it for the same text, and what begins
 * with the whole word when only letters of the word were added. Undefined when nothing is known of this text.
 */
export function narrowTo(offered: OfferedFor | undefined, text: string, cursor: number): Completions | undefined {
  if (!offered) return undefined
  const { completions, text: before, cursor: was } = offered
  if (before === text && was === cursor) return completions
  const added = text.slice(was, cursor)
  const wentOn = text.slice(0, was) === before.slice(0, was) && text.slice(cursor) === before.slice(was)
  if (cursor <= was || !wentOn || !partOfWord.test(added)) return undefined
  const { from, to } = completions
  const word = text.slice(from, cursor).toLowerCase()
  const items = completions.items.filter(({ insert }) => insert.toLowerCase().startsWith(word))
  return items.length === 0 ? undefined : { from, to: to + added.length, items }
}
