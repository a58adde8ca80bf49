import { Machine } from './machine.ts'
import { requiredText, toProgram } from './program.ts'
import { parseRegex, RegexFailure } from './syntax.ts'

/** An expression that looks at each character of a text once: no text and no expression makes it slow. */
export interface LinearRegex {
  test(text: string): boolean
  /** The first match at or after `from`, the longest that begins there. */
  find(text: string, from?: number): { readonly from: number; readonly to: number } | undefined
  /** A text that every match holds, as written; '' where none is known. An index may ask for it first. */
  readonly requires: string
}

export type CompiledRegex =
  | { readonly ok: true; readonly regex: LinearRegex }
  | { readonly ok: false; readonly message: string }

/**
 * The usual syntax (classes, `\d \w \s \b \p{…}`, groups, `| * + ? {n,m}`); `.` is anything but a line's end, `^` and `$`
 * are the ends of the text. Looking around, references back and counts past 1,000 are refused.
 */
export function compileRegex(source: string, ignoreCase: boolean): CompiledRegex {
  try {
    const node = parseRegex(source)
    const machine = new Machine(toProgram(node, ignoreCase))
    const requires = requiredText(node)
    // Looking for a text is many times faster than looking at each character.
    const mayHold = (text: string): boolean => ignoreCase || requires === '' || text.includes(requires)
    return {
      ok: true,
      regex: {
        test: text => mayHold(text) && machine.test(text),
        find: (text, from) => machine.find(text, from),
        requires,
      },
    }
  } catch (error) {
    if (error instanceof RegexFailure) return { ok: false, message: error.message }
    throw error
  }
}
