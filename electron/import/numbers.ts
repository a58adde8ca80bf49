// Digits a double cannot hold. Integers past 2^53 become bigint; other numbers that would change are kept as written.

interface RawJson {
  readonly rawJSON: string
}

// Part of the engine, not yet of the standard library's types.
const engine = JSON as unknown as { rawJSON(text: string): RawJson; isRawJSON(value: unknown): boolean }
const rawJson = (text: string): RawJson => engine.rawJSON(text)
const isRaw = (value: unknown): boolean => engine.isRawJSON(value)

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown

const integer = /^-?\d+$/

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value
  const { source } = context
  if (integer.test(source)) return Number.isSafeInteger(value) ? value : BigInt(source)
  return isSame(value, source) ? value : rawJson(source)
}

/** Whether the double says what the digits said: its shortest form has the same digits. */
function isSame(value: number, source: string): boolean {
  return Number.isFinite(value) && digitsOf(source).length <= 17 && (value !== 0 || !/[1-9]/.test(source))
}

function digitsOf(source: string): string {
  return source
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
}

/** Parses JSON; undefined when it is none (JSON itself has no undefined). `digits`: some number may not fit a double. */
export function parseSkeleton(text: string, digits: boolean): unknown {
  try {
    return digits ? parseWith(text, keepDigits) : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON of a parsed record, numbers with the digits they came with. */
export function printRecord(value: object, digits: boolean): string {
  if (!digits) return JSON.stringify(value)
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? rawJson(item.toString()) : item))
}

/** JSON of any part of a record, whether or not it has digits that a double cannot hold: few have, and looking takes thrice as long. */
export function printPart(part: unknown): string {
  try {
    return JSON.stringify(part)
  } catch {
    // An integer past 2^53; whatever else there is to throw, throws again.
    return printRecord(part as object, true)
  }
}

/** A number kept as written; undefined for anything else. */
export function rawNumber(value: unknown): string | undefined {
  return isRaw(value) ? (value as RawJson).rawJSON : undefined
}

/**
 * Whether some bare number of this JSON may not fit a double. True too often rather than too seldom; but not for ids and
 * times in quotes, which every span has, as parsing costs ten times as much then.
 */
export function hasDigits(json: string): boolean {
  return /[[:,\s]-?(?:\d{16}|(?=[\d.]{19})\d+\.\d|\d[\d.]*[eE][+-]?\d{3})/.test(json)
}

/** The JSON on several lines, digits as they are. */
export function prettyJson(json: string, change: (value: object) => object = value => value): string {
  const value = parseSkeleton(json, hasDigits(json))
  if (typeof value !== 'object' || value === null) return json
  const bigints = (_key: string, item: unknown) => (typeof item === 'bigint' ? rawJson(item.toString()) : item)
  return JSON.stringify(change(value), bigints, 2)
}
