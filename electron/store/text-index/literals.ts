// Long strings inside a JSON text, found without parsing it: each place has a number that stays the same.

/** Bytes of a store's body and more: what is shorter stands in the records themselves. */
export const shortestLong = 128

export interface Literal {
  /** The string with its quotes: `text.slice(from, to)`. */
  readonly from: number
  readonly to: number
}

/** The long strings of a JSON text that are values, in order. The text must be JSON. */
export function longLiterals(text: string): Literal[] {
  const found: Literal[] = []
  for (let from = text.indexOf('"'); from >= 0; from = text.indexOf('"', from)) {
    let to = text.indexOf('"', from + 1)
    while (to >= 0 && isEscaped(text, to)) to = text.indexOf('"', to + 1)
    if (to < 0) break
    to++
    if (to - from >= shortestLong + 2 && !isKey(text, to)) found.push({ from, to })
    from = to
  }
  return found
}

/** The string at a number of `longLiterals`; undefined where there is none. */
export function literalAt(text: string, place: number): string | undefined {
  const literal = longLiterals(text)[place]
  return literal && readLiteral(text, literal)
}

export function readLiteral(text: string, { from, to }: Literal): string | undefined {
  try {
    const value: unknown = JSON.parse(text.slice(from, to))
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** The number of the long string in a JSON text that says this; undefined where none does. */
export function placeOf(text: string, json: string): number | undefined {
  if (text.length < shortestLong) return undefined
  const isEscapable = text.includes('\\')
  for (const [place, literal] of longLiterals(json).entries()) {
    const length = literal.to - literal.from - 2
    if (length < text.length) continue
    // Most are written without escapes: then the text stands there as it is.
    const isPlain = length === text.length && !isEscapable
    if (isPlain ? json.startsWith(text, literal.from + 1) : readLiteral(json, literal) === text) return place
  }
  return undefined
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++
  return slashes % 2 === 1
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (at < text.length && text.charCodeAt(at) <= 32) at++
  return text.charCodeAt(at) === 58
}
