import type { JsonValue } from '../../../shared/domain/json.ts'

/** Longest text that is tried as JSON: parsing and printing more would be felt. */
const longestParsed = 1_000_000

/** What a text means where it is a JSON object or list, as tool arguments mostly are; else the value itself. */
export function parsed(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || value.length > longestParsed || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as JsonValue
  } catch {
    return value
  }
}

/** JSON of at most this many characters stands on one line. */
const longestLine = 72

/** A text as it is; anything else as JSON, on one line where it is short and indented where it is not. */
export function prettyJson(value: JsonValue): string {
  if (typeof value === 'string') return value
  const indented = JSON.stringify(value, null, 2)
  if (indented.length > 2 * longestLine) return indented
  const line = indented.replace(/\n */g, ' ')
  return line.length > longestLine ? indented : line
}

/** Whether a value is worth a block of its own rather than a place in a line. */
export function isNested(value: JsonValue): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null
}

export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'plain'
export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

/** A string may be cut short where only the beginning of a text is shown. */
const tokens = /("(?:[^"\\]|\\.)*(?:"|\\?$))(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** The coloured parts of indented JSON, in order and complete: their texts joined are the text. */
export function tokenize(json: string): Token[] {
  const list: Token[] = []
  let at = 0
  for (const match of json.matchAll(tokens)) {
    if (match.index > at) list.push({ kind: 'plain', text: json.slice(at, match.index) })
    const [whole, string, colon, number] = match
    if (string !== undefined) {
      list.push({ kind: colon === undefined ? 'string' : 'key', text: string })
      if (colon !== undefined) list.push({ kind: 'plain', text: colon })
    } else list.push({ kind: number === undefined ? 'word' : 'number', text: whole })
    at = match.index + whole.length
  }
  if (at < json.length) list.push({ kind: 'plain', text: json.slice(at) })
  return list
}
