import { parseJson } from '../conventions/json-text.ts'
import type { JsonValue } from '../domain/json.ts'

interface RawJson {
  /** A value that `JSON.stringify` writes as this text. */
  readonly rawJSON: (text: string) => JsonValue
}

const { rawJSON } = JSON as unknown as RawJson

/**
 * The value of a JSON text that is to be written again: integers past 2^53, which `parseJson` makes texts of to be read, are
 * written with their own digits.
 */
export function parseToWrite(text: string): JsonValue | undefined {
  const read = parseJson(text)
  // Rarely: then the text is within the depth that is read.
  if (read === undefined || !/[0-9]{16}/.test(text)) return read
  return JSON.parse(text, asWritten as never) as JsonValue
}

function asWritten(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? rawJSON(source) : value
}
