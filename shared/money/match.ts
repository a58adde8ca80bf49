/** Which names of models or providers a price is for. Case does not count, except in regular expressions. */
export type MatchLogic =
  | { readonly or: readonly MatchLogic[] }
  | { readonly and: readonly MatchLogic[] }
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }

export type MatchKind = 'exact' | 'prefix' | 'suffix' | 'part' | 'regex'

export interface Matched {
  readonly kind: MatchKind
  /** What of the name was compared; absent for regular expressions. */
  readonly text?: string
}

/** Regular expressions of others never run on the engine's own: whoever reads a book says how they are asked. */
export type TestRegex = (source: string, name: string) => boolean

export function matchName(logic: MatchLogic, name: string, testRegex: TestRegex): Matched | undefined {
  if ('or' in logic) {
    for (const one of logic.or) {
      const found = matchName(one, name, testRegex)
      if (found) return found
    }
    return undefined
  }
  if ('and' in logic) {
    let last: Matched | undefined
    for (const one of logic.and) {
      last = matchName(one, name, testRegex)
      if (!last) return undefined
    }
    return last
  }
  const lower = name.toLowerCase()
  const matched = (kind: MatchKind, text: string, holds: boolean) => (holds ? { kind, text } : undefined)
  if ('equals' in logic) return matched('exact', logic.equals, lower === logic.equals.toLowerCase())
  if ('starts_with' in logic)
    return matched('prefix', logic.starts_with, lower.startsWith(logic.starts_with.toLowerCase()))
  if ('ends_with' in logic) return matched('suffix', logic.ends_with, lower.endsWith(logic.ends_with.toLowerCase()))
  if ('contains' in logic) return matched('part', logic.contains, lower.includes(logic.contains.toLowerCase()))
  return testRegex(logic.regex, name) ? { kind: 'regex' } : undefined
}

const moving = /(?:^|[-/:~])latest$|^deepseek-(?:chat|reasoner)$/

/** A name that its provider moves from one model to the next. */
export function isMovingAlias(model: string): boolean {
  return moving.test(model)
}

/** Dates, revisions and qualifiers at the end of a name that leave the model the same. */
const stamp = /^(?:[-@_:.]?(?:20\d{2}-?\d{2}-?\d{2}|\d{2}-\d{2}|\d{3,4}|v\d+(?::\d+)?|latest|preview|exp|default))*$/i

/** Whether a name says more than what was compared: `claude-sonnet-5-5`, priced as all that begins with `claude-sonnet-5`. */
export function isLoose({ kind, text }: Matched, name: string): boolean {
  if (kind === 'exact' || kind === 'regex' || text === undefined) return false
  const lower = name.toLowerCase()
  const at = lower.indexOf(text.toLowerCase())
  return at >= 0 && !stamp.test(lower.slice(at + text.length))
}
