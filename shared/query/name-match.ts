import { compileRegex } from './regex/compile.ts'

/**
 * How a name is compared. `pieces`: what stands between the `*` of a pattern, in lower case; one piece is the whole name.
 */
export type NameMatch =
  | { readonly type: 'pieces'; readonly pieces: readonly string[] }
  | { readonly type: 'regex'; readonly source: string; readonly ignoreCase: boolean }

/** The name as written, or a pattern where `*` stands for any run of characters. */
export function nameMatch(text: string, isPattern: boolean): NameMatch {
  const folded = text.toLowerCase()
  return { type: 'pieces', pieces: isPattern ? folded.split(/\*+/) : [folded] }
}

export function nameMatcher(match: NameMatch): (name: string) => boolean {
  if (match.type === 'pieces') return name => fits(name.toLowerCase(), match.pieces)
  const compiled = compileRegex(match.source, match.ignoreCase)
  return compiled.ok ? name => compiled.regex.test(name) : () => false
}

function fits(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...more] = pieces
  const last = more.pop()
  if (last === undefined) return name === first
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  let at = first.length
  for (const piece of more) {
    const found = name.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= name.length - last.length
}
