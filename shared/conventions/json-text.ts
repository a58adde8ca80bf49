import type { JsonValue } from '../domain/json.ts'

/** Structures nested deeper than this stay text. */
export const deepest = 200

/**
 * The value a JSON text spells, when it is an object or an array at most `deepest` levels deep; undefined otherwise.
 * Integers past 2^53 come out as decimal text with their own digits rather than as a rounded number.
 */
export function parseJson(text: string): JsonValue | undefined {
  const first = firstMark(text)
  if (first !== '{' && first !== '[') return undefined
  try {
    const value: JsonValue = hasLongNumber.test(text) ? JSON.parse(text, exactIntegers as never) : JSON.parse(text)
    return typeof value === 'object' && value !== null && isWithin(value, deepest) ? value : undefined
  } catch {
    return undefined
  }
}

/** Any JSON value, scalars too: `"\"text\""` is `text`. */
export function parseScalarJson(text: string): JsonValue | undefined {
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) {
    try {
      return JSON.parse(text) as JsonValue
    } catch {
      return undefined
    }
  }
  return parseJson(text)
}

const hasLongNumber = /[0-9]{16}/

function exactIntegers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? source : value
}

function firstMark(text: string): string | undefined {
  for (let i = 0; i < text.length && i < 1000; i++) {
    const char = text[i]!
    if (char !== ' ' && char !== '\n' && char !== '\r' && char !== '\t' && char !== '\uFEFF') return char
  }
  return undefined
}

function isWithin(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  for (const item of Array.isArray(value) ? value : Object.values(value)) if (!isWithin(item, levels - 1)) return false
  return true
}
